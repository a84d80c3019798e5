// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace app {

// An option that a command knows.
struct OptionSpec {
    enum class Kind : uint8_t { Flag, Value, Values }; // Values: may be given again and again
    std::string name; // "--seed"
    Kind kind = Kind::Flag;
};

// The words after a command, taken apart: options ("--seed 7" or "--seed=7") and the rest. "--" ends the options.
class Arguments {
public:
    static resilience::io::OrError<Arguments> parse(std::span<const std::string> words,
                                                    std::span<const OptionSpec> options);

    const std::vector<std::string> &positional() const { return m_positional; }
    bool has(const std::string &option) const { return m_values.contains(option); }
    std::optional<std::string> value(const std::string &option) const;
    std::vector<std::string> values(const std::string &option) const;

private:
    std::vector<std::string> m_positional;
    std::map<std::string, std::vector<std::string>> m_values;
};

} // namespace app
