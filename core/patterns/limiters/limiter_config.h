// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/config_text.h"
#include "core/rate.h"

#include <cstdint>
#include <optional>
#include <string>

// The checks that all rate limiters' configurations share.
namespace resilience {

inline constexpr uint64_t kMaxCapacity = 1'000'000'000;
inline constexpr uint64_t kMaxRatePermits = 1'000'000'000'000'000;
inline constexpr Duration kMaxLimiterPeriod = std::chrono::hours{24 * 366};

inline std::optional<ConfigError> checkCapacity(const char *field, uint64_t value, uint64_t most = kMaxCapacity)
{
    if (value >= 1 && value <= most)
        return std::nullopt;
    return ConfigError{field, std::to_string(value), "1 to " + std::to_string(most)};
}

inline std::optional<ConfigError> checkRate(const char *field, const Rate &rate)
{
    if (rate.permits >= 1 && rate.permits <= kMaxRatePermits && rate.per >= Duration{1}
        && rate.per <= kMaxLimiterPeriod)
        return std::nullopt;
    return ConfigError{field, std::to_string(rate.permits) + " in " + secondsText(rate.per),
                       "1 to 1000000000000000 permits in 1 ns to 366 days"};
}

inline std::optional<ConfigError> checkInitial(uint64_t initial, uint64_t capacity)
{
    if (initial <= capacity)
        return std::nullopt;
    return ConfigError{"initial", std::to_string(initial), "0 to the capacity, " + std::to_string(capacity)};
}

inline std::optional<ConfigError> checkWindow(const char *field, Duration window)
{
    if (window >= Duration{1} && window <= kMaxLimiterPeriod)
        return std::nullopt;
    return ConfigError{field, secondsText(window), "1 ns to 366 days"};
}

/// Hands a good configuration on, so that nothing is computed from a bad one. Throws InvalidConfig.
template <typename Config> const Config &checkedConfig(const Config &config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    return config;
}

} // namespace resilience
