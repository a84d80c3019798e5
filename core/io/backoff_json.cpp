// SPDX-License-Identifier: MIT
#include "core/io/backoff_json.h"

#include "core/io/name_table.h"
#include "core/io/seconds_json.h"
#include "core/io/take_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace resilience::io {

namespace {

constexpr std::array kStrategies{std::pair{"fixed", BackoffStrategy::Fixed},
                                 std::pair{"linear", BackoffStrategy::Linear},
                                 std::pair{"exponential", BackoffStrategy::Exponential}};
constexpr std::array kJitters{std::pair{"none", Jitter::None}, std::pair{"full", Jitter::Full},
                              std::pair{"equal", Jitter::Equal}, std::pair{"decorrelated", Jitter::Decorrelated},
                              std::pair{"proportional", Jitter::Proportional}};

} // namespace

OrError<BackoffConfig> backoffFromJson(const Json &value, const std::string &place)
{
    BackoffConfig config;
    if (value.contains("strategy"))
        config.strategy = valueNamed(kStrategies, value["strategy"]);
    take(value, "base_delay", config.baseDelay);
    take(value, "multiplier", config.multiplier);
    // A longer first wait than the usual longest: then that is the longest, unless it was given.
    config.maxDelay = std::max(config.maxDelay, config.baseDelay);
    take(value, "max_delay", config.maxDelay);
    if (value.contains("jitter"))
        config.jitter = valueNamed(kJitters, value["jitter"]);
    take(value, "jitter_ratio", config.jitterRatio);
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

void addBackoff(OrderedJson &value, const BackoffConfig &config)
{
    value["strategy"] = nameIn(kStrategies, config.strategy);
    value["base_delay"] = secondsNumber(config.baseDelay);
    value["multiplier"] = config.multiplier;
    value["max_delay"] = secondsNumber(config.maxDelay);
    value["jitter"] = nameIn(kJitters, config.jitter);
    value["jitter_ratio"] = config.jitterRatio.share();
}

RandomStream randomFromJson(const Json &value) { return {value.value("seed", uint64_t{1}), "drive"}; }

} // namespace resilience::io
