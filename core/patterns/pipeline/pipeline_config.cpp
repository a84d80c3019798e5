// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline/pipeline_config.h"

#include "core/config_text.h"

#include <string>

namespace resilience {

namespace {

std::optional<ConfigError> under(PolicyKind policy, std::optional<ConfigError> error)
{
    if (error)
        error->field = std::string(name(policy)) + "." + error->field;
    return error;
}

std::optional<ConfigError> checkTimeout(PolicyKind policy, Duration timeout)
{
    if (timeout > Duration::zero())
        return std::nullopt;
    return ConfigError{name(policy), secondsText(timeout), "more than 0 s"};
}

} // namespace

std::optional<ConfigError> PipelineConfig::validate() const
{
    if (auto error = under(PolicyKind::Fallback, fallback.validate()))
        return error;
    if (auto error = checkTimeout(PolicyKind::TotalTimeout, totalTimeout))
        return error;
    if (auto error = checkTimeout(PolicyKind::AttemptTimeout, attemptTimeout))
        return error;
    if (auto error = under(PolicyKind::Retry, retry.validate()))
        return error;
    if (auto error = under(PolicyKind::Hedging, hedging.validate()))
        return error;
    if (retryBudget)
        if (auto error = under(PolicyKind::Retry, retryBudget->validate()))
            return error;
    if (auto error =
            under(PolicyKind::RateLimiter, std::visit([](const auto &c) { return c.validate(); }, rateLimiter)))
        return error;
    if (auto error = under(PolicyKind::CircuitBreaker, circuitBreaker.validate()))
        return error;
    return under(PolicyKind::Bulkhead, bulkhead.validate());
}

PipelineConfig PipelineConfig::completed() const
{
    PipelineConfig complete = *this;
    for (const PolicyKind kind : order)
        complete.configured.insertAsIn(PolicyOrder::usual(), kind);
    return complete;
}

} // namespace resilience
