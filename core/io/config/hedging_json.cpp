// SPDX-License-Identifier: MIT
#include "core/io/config/hedging_json.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

OrError<HedgingConfig> hedgingFromJson(const Json &value, const std::string &place)
{
    HedgingConfig config;
    Duration delay = *config.delay;
    bool onlyAfterFailure = false;
    take(value, "max_attempts", config.maxAttempts);
    take(value, "delay", delay);
    take(value, "only_after_failure", onlyAfterFailure);
    config.delay = onlyAfterFailure ? std::nullopt : std::optional{delay};
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

OrderedJson hedgingToJson(const HedgingConfig &config)
{
    OrderedJson value{{"max_attempts", config.maxAttempts}};
    if (config.delay)
        value["delay"] = secondsNumber(*config.delay);
    else
        value["only_after_failure"] = true;
    return value;
}

} // namespace resilience::io
