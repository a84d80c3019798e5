// SPDX-License-Identifier: MIT
#include "core/io/scenario/policies_value.h"

#include "core/io/config/breaker_json.h"
#include "core/io/config/bulkhead_json.h"
#include "core/io/config/hedging_json.h"
#include "core/io/config/retry_json.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

#include <array>
#include <type_traits>

namespace resilience::io {

namespace {

constexpr std::array kPolicyKeys{"policies",        "switched_off", "fallback", "total_timeout",
                                 "retry",           "retry_budget", "hedging",  "rate_limiter",
                                 "circuit_breaker", "bulkhead",     "timeout"};

OrError<AnyLimiterConfig> limiterFrom(const Json &value, const std::string &place)
{
    const AnyLimiterConfig usual;
    const LimiterKind kind =
        value.contains("type") ? *named<LimiterKind>(value["type"].get<std::string>()) : kindOf(usual);
    const auto burst = value.contains("burst") ? value["burst"].get<uint64_t>() : burstOf(usual);
    const double rate = value.contains("rate") ? value["rate"].get<double>() : perSecondOf(usual);
    const AnyLimiterConfig config = limiterConfig(kind, burst, rate);
    const auto error = std::visit([](const auto &c) { return c.validate(); }, config);
    if (!error)
        return config;
    // The rate is in its range: it is the burst, for this kind, or the window that both make.
    if (error->field == "window")
        return InputError{"", place, "a window of " + error->found,
                          error->expected + " for " + std::to_string(burst) + " permits at that rate", ""};
    return InputError{"", place + "/burst", std::to_string(burst),
                      "1 to " + std::to_string(mostBurst(kind)) + " in a " + name(kind), ""};
}

OrderedJson limiterToValue(const AnyLimiterConfig &config)
{
    return {{"type", name(kindOf(config))}, {"burst", burstOf(config)}, {"rate", perSecondOf(config)}};
}

OrderedJson fallbackToValue(const FallbackConfig &config)
{
    return {{"on_failure", config.onFailure}, {"on_timeout", config.onTimeout}, {"on_rejection", config.onRejection}};
}

std::optional<InputError> readOrder(const Json &value, const std::string &place, PipelineConfig &config)
{
    config.order.append(PolicyKind::CircuitBreaker);
    config.order.append(PolicyKind::AttemptTimeout);
    if (value.contains("policies")) {
        const auto order = policyOrderFrom(value["policies"], place + "/policies");
        if (!order)
            return order.error();
        config.order = *order;
    }
    config.configured = config.order;
    if (!value.contains("switched_off"))
        return std::nullopt;
    const auto off = policyOrderFrom(value["switched_off"], place + "/switched_off");
    if (!off)
        return off.error();
    for (size_t i = 0; i < off->size(); ++i)
        if (!config.configured.insertAsIn(PolicyOrder::usual(), (*off)[i]))
            return InputError{"", below(place + "/switched_off", i),
                              std::string("the policy ") + name((*off)[i]) + ", which is in use",
                              "one that is not in /policies", ""};
    return std::nullopt;
}

// Reads the settings that stand under `key`, if they do.
template <typename Config, typename Read>
std::optional<InputError> readPart(const Json &value, const char *key, const std::string &place, Config &into,
                                   Read read)
{
    if (!value.contains(key))
        return std::nullopt;
    auto config = read(value[key], below(place, key));
    if (!config)
        return config.error();
    into = std::move(*config);
    return std::nullopt;
}

} // namespace

OrError<PolicyOrder> policyOrderFrom(const Json &names, const std::string &place)
{
    PolicyOrder order;
    for (size_t i = 0; i < names.size(); ++i)
        if (!order.append(*named<PolicyKind>(names[i].get<std::string>())))
            return InputError{"", below(place, i), "the policy " + names[i].get<std::string>() + " again",
                              "each at most once", ""};
    return order;
}

OrderedJson policyOrderToValue(const PolicyOrder &order)
{
    OrderedJson names = OrderedJson::array();
    for (const PolicyKind kind : order)
        names.push_back(name(kind));
    return names;
}

OrError<PipelineConfig> policiesFrom(const Json &value, const std::string &place)
{
    PipelineConfig config;
    std::optional<InputError> error = readOrder(value, place, config);
    take(value, "timeout", config.attemptTimeout);
    take(value, "total_timeout", config.totalTimeout);
    if (!error)
        error = readPart(value, "retry", place, config.retry, retryFromJson);
    if (!error)
        error = readPart(value, "retry_budget", place, config.retryBudget, retryBudgetFromJson);
    if (!error)
        error = readPart(value, "hedging", place, config.hedging, hedgingFromJson);
    if (!error)
        error = readPart(value, "rate_limiter", place, config.rateLimiter, limiterFrom);
    if (!error)
        error = readPart(value, "circuit_breaker", place, config.circuitBreaker, breakerFromJson);
    if (!error)
        error = readPart(value, "bulkhead", place, config.bulkhead, bulkheadFromJson);
    if (error)
        return *error;
    if (value.contains("fallback")) {
        take(value["fallback"], "on_failure", config.fallback.onFailure);
        take(value["fallback"], "on_timeout", config.fallback.onTimeout);
        take(value["fallback"], "on_rejection", config.fallback.onRejection);
        if (const auto wrong = config.fallback.validate())
            return InputError{"", place + "/fallback", wrong->found, wrong->expected, ""};
    }
    return config;
}

void addPolicies(OrderedJson &value, const PipelineConfig &config)
{
    const PipelineConfig usual;
    PolicyOrder off = config.configured;
    for (const PolicyKind kind : config.order)
        off.remove(kind);
    value["policies"] = policyOrderToValue(config.order);
    if (!off.empty())
        value["switched_off"] = policyOrderToValue(off);
    const auto worthIt = [&config](PolicyKind kind, const auto &part, const auto &itsDefault) {
        return config.configured.has(kind) || part != itsDefault;
    };
    if (worthIt(PolicyKind::Fallback, config.fallback, usual.fallback))
        value["fallback"] = fallbackToValue(config.fallback);
    if (worthIt(PolicyKind::TotalTimeout, config.totalTimeout, usual.totalTimeout))
        value["total_timeout"] = secondsNumber(config.totalTimeout);
    if (worthIt(PolicyKind::Retry, config.retry, usual.retry))
        value["retry"] = retryToJson(config.retry);
    if (config.retryBudget)
        value["retry_budget"] = retryBudgetToJson(*config.retryBudget);
    if (worthIt(PolicyKind::Hedging, config.hedging, usual.hedging))
        value["hedging"] = hedgingToJson(config.hedging);
    if (worthIt(PolicyKind::RateLimiter, config.rateLimiter, usual.rateLimiter))
        value["rate_limiter"] = limiterToValue(config.rateLimiter);
    if (worthIt(PolicyKind::CircuitBreaker, config.circuitBreaker, usual.circuitBreaker))
        value["circuit_breaker"] = breakerToJson(config.circuitBreaker);
    if (worthIt(PolicyKind::Bulkhead, config.bulkhead, usual.bulkhead))
        value["bulkhead"] = bulkheadToJson(config.bulkhead);
    if (worthIt(PolicyKind::AttemptTimeout, config.attemptTimeout, usual.attemptTimeout))
        value["timeout"] = secondsNumber(config.attemptTimeout);
}

std::string firstPolicyKey(const Json &value)
{
    const auto *const found =
        std::find_if(kPolicyKeys.begin(), kPolicyKeys.end(), [&value](const char *key) { return value.contains(key); });
    return found == kPolicyKeys.end() ? "" : *found;
}

} // namespace resilience::io
