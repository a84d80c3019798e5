// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/conformance_config.h"

#include <stdexcept>

using namespace resilience;
using nlohmann::json;

namespace tests {

namespace {

OutcomeWindowConfig windowOf(const json &window)
{
    OutcomeWindowConfig config;
    const std::string type = window.at("type");
    if (type == "count") {
        config.kind = OutcomeWindowConfig::Kind::Count;
        config.calls = window.at("size");
    } else if (type == "time") {
        config.kind = OutcomeWindowConfig::Kind::Timed;
        config.duration = fromSeconds(window.at("size"));
    } else if (type != "consecutive") {
        throw std::runtime_error("no such window: " + type);
    }
    return config;
}

HalfOpenRule ruleOf(const std::string &name)
{
    if (name == "all_succeed")
        return HalfOpenRule::AllSucceed;
    if (name == "rate")
        return HalfOpenRule::Rate;
    if (name == "rate_early")
        return HalfOpenRule::RateEarly;
    throw std::runtime_error("no such rule: " + name);
}

} // namespace

CircuitBreakerConfig breakerConfigOf(const json &ours)
{
    CircuitBreakerConfig config;
    for (const auto &[key, value] : ours.items()) {
        if (key == "window")
            config.window = windowOf(value);
        else if (key == "failure_threshold")
            config.failureThreshold = value;
        else if (key == "failure_rate_threshold")
            config.failureRateThreshold = Ratio::of(value);
        else if (key == "minimum_calls")
            config.minimumCalls = value;
        else if (key == "slow_call_duration")
            config.slowCallDuration = fromSeconds(value);
        else if (key == "slow_call_rate_threshold")
            config.slowCallRateThreshold = Ratio::of(value);
        else if (key == "open_duration")
            config.openDuration = fromSeconds(value);
        else if (key == "open_duration_multiplier")
            config.openDurationMultiplier = value;
        else if (key == "half_open_max_calls")
            config.halfOpenMaxCalls = value;
        else if (key == "half_open_rule")
            config.halfOpenRule = ruleOf(value);
        else if (key == "half_open_max_duration")
            config.halfOpenMaxDuration = fromSeconds(value);
        else
            throw std::runtime_error("no such key: " + key);
    }
    return config;
}

} // namespace tests
