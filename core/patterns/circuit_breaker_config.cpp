// SPDX-License-Identifier: MIT
#include "core/patterns/circuit_breaker_config.h"

#include "core/config_text.h"

#include <algorithm>
#include <cmath>

namespace resilience {

namespace {

std::optional<ConfigError> positive(const char *field, Duration value)
{
    if (value > Duration::zero())
        return std::nullopt;
    return ConfigError{field, secondsText(value), "more than 0 s"};
}

std::optional<ConfigError> atLeastOne(const char *field, uint32_t value)
{
    if (value >= 1)
        return std::nullopt;
    return ConfigError{field, std::to_string(value), "at least 1"};
}

std::optional<ConfigError> checkShare(const char *field, Ratio value)
{
    if (value.parts() > 0 && value.parts() <= Ratio::kParts)
        return std::nullopt;
    return ConfigError{field, numberText(value.share()), "above 0, up to 1"};
}

} // namespace

std::optional<ConfigError> CircuitBreakerConfig::validate() const
{
    for (auto &&error : {window.validate(), atLeastOne("failure_threshold", failureThreshold),
                         checkShare("failure_rate_threshold", failureRateThreshold),
                         atLeastOne("minimum_calls", minimumCalls), positive("slow_call_duration", slowCallDuration),
                         checkShare("slow_call_rate_threshold", slowCallRateThreshold),
                         positive("open_duration", openDuration), atLeastOne("half_open_max_calls", halfOpenMaxCalls),
                         atLeastOne("half_open_max_concurrent", halfOpenMaxConcurrent.value_or(1))})
        if (error)
            return error;
    if (window.kind == OutcomeWindowConfig::Kind::Count && minimumCalls > window.calls)
        return ConfigError{"minimum_calls", std::to_string(minimumCalls),
                           "at most the window's size, " + std::to_string(window.calls)};
    if (!(openDurationMultiplier >= 1.0 && openDurationMultiplier <= 1000.0))
        return ConfigError{"open_duration_multiplier", numberText(openDurationMultiplier), "1 to 1000"};
    if (maxOpenDuration && *maxOpenDuration < openDuration)
        return ConfigError{"max_open_duration", secondsText(*maxOpenDuration),
                           "at least open_duration, " + secondsText(openDuration)};
    if (halfOpenMaxDuration && *halfOpenMaxDuration < Duration::zero())
        return ConfigError{"half_open_max_duration", secondsText(*halfOpenMaxDuration), "0 s (for ever) or more"};
    return std::nullopt;
}

// By squaring: at most 32 steps however often it opened in a row, and the same on every machine, as pow() is not.
Duration CircuitBreakerConfig::openWait(uint32_t k) const
{
    if (k <= 1 || openDurationMultiplier == 1.0)
        return openDuration;
    double growth = 1.0;
    double square = openDurationMultiplier;
    for (uint32_t left = k - 1; left > 0; left /= 2, square *= square)
        if (left % 2 == 1)
            growth *= square;
    const Duration end = maxOpenDuration.value_or(std::max<Duration>(openDuration, std::chrono::hours{1}));
    const double wait = static_cast<double>(openDuration.count()) * growth;
    return wait >= static_cast<double>(end.count()) ? end : Duration{std::llround(wait)};
}

} // namespace resilience
