// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

namespace resilience {

/// Why a configuration is refused: the field as users write it ("open_duration"), what it held and what it may hold.
struct ConfigError {
    std::string field;
    std::string found;
    std::string expected;

    std::string message() const { return field + ": found " + found + ", expected " + expected; }
    bool operator==(const ConfigError &) const = default;
};

/// Thrown by a pattern's constructor only. Ask the configuration's validate() first where an exception is unwelcome.
class InvalidConfig : public std::invalid_argument {
public:
    explicit InvalidConfig(ConfigError error) : std::invalid_argument(error.message()), m_error(std::move(error)) {}
    const ConfigError &error() const { return m_error; }

private:
    ConfigError m_error;
};

} // namespace resilience
