// SPDX-License-Identifier: MIT
#include "core/io/config/retry_json.h"

#include "core/io/config/backoff_json.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

OrError<RetryConfig> retryFromJson(const Json &value, const std::string &place)
{
    RetryConfig config;
    const auto backoff = backoffFromJson(value, place);
    if (!backoff)
        return backoff.error();
    config.backoff = *backoff;
    take(value, "max_attempts", config.maxAttempts);
    take(value, "max_elapsed", config.maxElapsed);
    take(value, "max_retry_after", config.maxRetryAfter);
    take(value, "retry_rejected", config.retryRejected);
    if (value.contains("broken")) {
        take(value["broken"], "retry_everything", config.faultyVariant.retriesEverything);
        take(value["broken"], "no_limit", config.faultyVariant.withoutLimit);
    }
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

OrderedJson retryToJson(const RetryConfig &config)
{
    OrderedJson value{{"max_attempts", config.maxAttempts}};
    if (config.maxElapsed)
        value["max_elapsed"] = secondsNumber(*config.maxElapsed);
    if (config.maxRetryAfter)
        value["max_retry_after"] = secondsNumber(*config.maxRetryAfter);
    value["retry_rejected"] = config.retryRejected;
    addBackoff(value, config.backoff);
    if (config.faultyVariant != RetryConfig::FaultyVariant{})
        value["broken"] = {{"retry_everything", config.faultyVariant.retriesEverything},
                           {"no_limit", config.faultyVariant.withoutLimit}};
    return value;
}

OrError<RetryBudgetConfig> retryBudgetFromJson(const Json &value, const std::string &place)
{
    RetryBudgetConfig config;
    take(value, "ratio", config.ratio);
    take(value, "min_per_second", config.minPerSecond);
    take(value, "window", config.window);
    if (auto error = config.validate()) {
        error->field.erase(0, error->field.find('.') + 1); // "budget.ratio"
        return located(*error, place);
    }
    return config;
}

OrderedJson retryBudgetToJson(const RetryBudgetConfig &config)
{
    return {{"ratio", config.ratio.share()},
            {"min_per_second", config.minPerSecond},
            {"window", secondsNumber(config.window)}};
}

} // namespace resilience::io
