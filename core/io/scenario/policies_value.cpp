// SPDX-License-Identifier: MIT
#include "core/io/scenario/policies_value.h"

#include "core/io/config/breaker_json.h"
#include "core/io/config/hedging_json.h"
#include "core/io/config/plain_settings_json.h"
#include "core/io/config/retry_json.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

namespace {

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

// The settings of each policy: all that are plain are read by their list.
template <HasPlainSettings Spec> OrError<ConfigOf<Spec>> settingsFrom(Spec, const Json &value, const std::string &place)
{
    return plainSettingsFromJson<Spec>(value, place);
}
template <HasPlainSettings Spec> OrderedJson settingsToValue(Spec, const ConfigOf<Spec> &config)
{
    return plainSettingsToJson<Spec>(config);
}
template <PolicySpec Spec>
requires(Spec::kRole == PolicyRole::TimeLimit) OrError<GivenDuration> settingsFrom(Spec, const Json &value,
                                                                                   const std::string &)
{
    return GivenDuration{fromSeconds(value.get<double>())};
}
template <PolicySpec Spec>
requires(Spec::kRole == PolicyRole::TimeLimit) OrderedJson settingsToValue(Spec, GivenDuration limit)
{
    return secondsNumber(limit);
}
auto settingsFrom(RetrySpec, const Json &value, const std::string &place) { return retryFromJson(value, place); }
OrderedJson settingsToValue(RetrySpec, const RetryConfig &config) { return retryToJson(config); }
auto settingsFrom(HedgingSpec, const Json &value, const std::string &place) { return hedgingFromJson(value, place); }
OrderedJson settingsToValue(HedgingSpec, const HedgingConfig &config) { return hedgingToJson(config); }
auto settingsFrom(RateLimiterSpec, const Json &value, const std::string &place) { return limiterFrom(value, place); }
OrderedJson settingsToValue(RateLimiterSpec, const AnyLimiterConfig &config) { return limiterToValue(config); }
auto settingsFrom(CircuitBreakerSpec, const Json &value, const std::string &place)
{
    return breakerFromJson(value, place);
}
OrderedJson settingsToValue(CircuitBreakerSpec, const CircuitBreakerConfig &config) { return breakerToJson(config); }

// Every key, and visit<Spec>() where it is that of a policy's settings, in the usual order.
constexpr const char *kBudget = "retry_budget";
template <typename Visit> void forEachUsually(const Visit &visit)
{
    for (const PolicyKind kind : PolicyOrder::usual())
        visitPolicy(kind, visit);
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
    forEachUsually([&]<typename Spec>() {
        const auto read = [](const Json &from, const std::string &at) { return settingsFrom(Spec{}, from, at); };
        if (!error)
            error = readPart(value, Spec::kKey, place, config.*Spec::kSettings, read);
    });
    if (!error)
        error = readPart(value, kBudget, place, config.retryBudget, retryBudgetFromJson);
    if (error)
        return *error;
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
    forEachUsually([&]<typename Spec>() {
        constexpr auto settings = Spec::kSettings;
        if (config.configured.has(Spec::kKind) || config.*settings != usual.*settings)
            value[Spec::kKey] = settingsToValue(Spec{}, config.*settings);
        if (Spec::kKind == PolicyKind::Retry && config.retryBudget)
            value[kBudget] = retryBudgetToJson(*config.retryBudget);
    });
}

std::string firstPolicyKey(const Json &value)
{
    std::string first;
    const auto consider = [&](const char *key) {
        if (first.empty() && value.contains(key))
            first = key;
    };
    consider("policies");
    consider("switched_off");
    forEachUsually([&]<typename Spec>() { consider(Spec::kKey); });
    consider(kBudget);
    return first;
}

} // namespace resilience::io
