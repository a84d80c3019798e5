// SPDX-License-Identifier: MIT
#include "core/runtime/policies.h"

#include "core/config_text.h"

namespace resilience::runtime {

namespace {

std::optional<ConfigError> checkPolicy(const TimeoutPolicy &timeout)
{
    if (timeout.limit > Duration::zero())
        return std::nullopt;
    return ConfigError{"timeout", secondsText(timeout.limit), "more than 0 s"};
}

std::optional<ConfigError> checkPolicy(const RetryPolicy &retry) { return retry.config.validate(); }
std::optional<ConfigError> checkPolicy(const HedgingPolicy &hedging) { return hedging.config.validate(); }

// Its configuration was checked when it was built.
template <typename Shared> std::optional<ConfigError> checkPolicy(const std::shared_ptr<Shared> &shared)
{
    if (shared)
        return std::nullopt;
    return ConfigError{"", "a null pointer", "a policy"};
}

std::optional<ConfigError> checkPolicy(const AnySharedLimiter &limiter)
{
    return std::visit([](const auto &one) { return checkPolicy(one); }, limiter);
}

} // namespace

std::vector<AnyPolicy> inUsualOrder(const UsualPolicies &parts)
{
    std::vector<AnyPolicy> policies;
    if (parts.fallback)
        policies.emplace_back(parts.fallback);
    if (parts.totalTimeout)
        policies.emplace_back(TimeoutPolicy{*parts.totalTimeout});
    if (parts.retry)
        policies.emplace_back(*parts.retry);
    if (parts.hedging)
        policies.emplace_back(*parts.hedging);
    if (parts.rateLimiter)
        policies.emplace_back(*parts.rateLimiter);
    if (parts.circuitBreaker)
        policies.emplace_back(parts.circuitBreaker);
    if (parts.bulkhead)
        policies.emplace_back(parts.bulkhead);
    if (parts.attemptTimeout)
        policies.emplace_back(TimeoutPolicy{*parts.attemptTimeout});
    return policies;
}

std::optional<ConfigError> validate(const std::vector<AnyPolicy> &policies)
{
    for (size_t i = 0; i < policies.size(); ++i) {
        auto error = std::visit([](const auto &policy) { return checkPolicy(policy); }, policies[i]);
        if (!error)
            continue;
        error->field = "policies[" + std::to_string(i) + "]" + (error->field.empty() ? "" : "." + error->field);
        return error;
    }
    return std::nullopt;
}

} // namespace resilience::runtime
