// SPDX-License-Identifier: MIT
#include "core/io/config/backoff_json.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace resilience::io {

OrError<BackoffConfig> backoffFromJson(const Json &value, const std::string &place)
{
    BackoffConfig config;
    if (value.contains("strategy"))
        config.strategy = *named<BackoffStrategy>(value["strategy"].get<std::string>());
    take(value, "base_delay", config.baseDelay);
    take(value, "multiplier", config.multiplier);
    // A longer first wait than the usual longest: then that is the longest, unless it was given.
    config.maxDelay = std::max(config.maxDelay, config.baseDelay);
    take(value, "max_delay", config.maxDelay);
    if (value.contains("jitter"))
        config.jitter = *named<Jitter>(value["jitter"].get<std::string>());
    take(value, "jitter_ratio", config.jitterRatio);
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

void addBackoff(OrderedJson &value, const BackoffConfig &config)
{
    value["strategy"] = name(config.strategy);
    value["base_delay"] = secondsNumber(config.baseDelay);
    value["multiplier"] = config.multiplier;
    value["max_delay"] = secondsNumber(config.maxDelay);
    value["jitter"] = name(config.jitter);
    value["jitter_ratio"] = config.jitterRatio.share();
}

RandomStream randomFromJson(const Json &value) { return {value.value("seed", uint64_t{1}), "drive"}; }

} // namespace resilience::io
