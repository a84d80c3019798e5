// SPDX-License-Identifier: MIT
#include "core/io/config/breaker_json.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace resilience::io {

namespace {

using WindowKind = OutcomeWindowConfig::Kind;

OutcomeWindowConfig outcomeWindowFromJson(const Json &value)
{
    OutcomeWindowConfig window;
    if (value.contains("type"))
        window.kind = *named<WindowKind>(value["type"].get<std::string>());
    if (window.kind == WindowKind::Count)
        take(value, "size", window.calls);
    if (window.kind == WindowKind::Timed)
        take(value, "size", window.duration);
    return window;
}

} // namespace

OrError<CircuitBreakerConfig> breakerFromJson(const Json &value, const std::string &place)
{
    CircuitBreakerConfig config;
    if (value.contains("window"))
        config.window = outcomeWindowFromJson(value["window"]);
    if (config.window.kind == WindowKind::Count)
        config.minimumCalls = std::min(config.minimumCalls, config.window.calls);
    take(value, "failure_threshold", config.failureThreshold);
    take(value, "failure_rate_threshold", config.failureRateThreshold);
    take(value, "minimum_calls", config.minimumCalls);
    take(value, "slow_call_duration", config.slowCallDuration);
    take(value, "slow_call_rate_threshold", config.slowCallRateThreshold);
    take(value, "open_duration", config.openDuration);
    take(value, "open_duration_multiplier", config.openDurationMultiplier);
    take(value, "max_open_duration", config.maxOpenDuration);
    take(value, "half_open_max_calls", config.halfOpenMaxCalls);
    take(value, "half_open_max_concurrent", config.halfOpenMaxConcurrent);
    if (value.contains("half_open_rule"))
        config.halfOpenRule = *named<HalfOpenRule>(value["half_open_rule"].get<std::string>());
    take(value, "half_open_max_duration", config.halfOpenMaxDuration);
    if (value.contains("broken")) {
        take(value["broken"], "wait_not_restarted", config.faultyVariant.waitNotRestarted);
        take(value["broken"], "unlimited_trials", config.faultyVariant.unlimitedTrials);
    }
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

OrderedJson breakerToJson(const CircuitBreakerConfig &config)
{
    OrderedJson window{{"type", name(config.window.kind)}};
    if (config.window.kind == WindowKind::Count)
        window["size"] = config.window.calls;
    if (config.window.kind == WindowKind::Timed)
        window["size"] = secondsNumber(config.window.duration);

    OrderedJson value;
    value["window"] = std::move(window);
    value["failure_threshold"] = config.failureThreshold;
    value["failure_rate_threshold"] = config.failureRateThreshold.share();
    value["minimum_calls"] = config.minimumCalls;
    value["slow_call_duration"] = secondsNumber(config.slowCallDuration);
    value["slow_call_rate_threshold"] = config.slowCallRateThreshold.share();
    value["open_duration"] = secondsNumber(config.openDuration);
    value["open_duration_multiplier"] = config.openDurationMultiplier;
    if (config.maxOpenDuration)
        value["max_open_duration"] = secondsNumber(*config.maxOpenDuration);
    value["half_open_max_calls"] = config.halfOpenMaxCalls;
    if (config.halfOpenMaxConcurrent)
        value["half_open_max_concurrent"] = *config.halfOpenMaxConcurrent;
    value["half_open_rule"] = name(config.halfOpenRule);
    if (config.halfOpenMaxDuration)
        value["half_open_max_duration"] = secondsNumber(*config.halfOpenMaxDuration);
    if (config.faultyVariant != CircuitBreakerConfig::FaultyVariant{})
        value["broken"] = {{"wait_not_restarted", config.faultyVariant.waitNotRestarted},
                           {"unlimited_trials", config.faultyVariant.unlimitedTrials}};
    return value;
}

} // namespace resilience::io
