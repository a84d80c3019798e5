// SPDX-License-Identifier: MIT
#include "core/io/backoff_json.h"

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

template <typename Table, typename Value> const char *nameOf(const Table &table, Value value)
{
    return std::find_if(table.begin(), table.end(), [&](const auto &row) { return value == row.second; })->first;
}

template <typename Table> auto named(const Table &table, const Json &name)
{
    return std::find_if(table.begin(), table.end(), [&](const auto &row) { return name == row.first; })->second;
}

} // namespace

OrError<BackoffConfig> backoffFromJson(const Json &value, const std::string &place)
{
    BackoffConfig config;
    if (value.contains("strategy"))
        config.strategy = named(kStrategies, value["strategy"]);
    take(value, "base_delay", config.baseDelay);
    take(value, "multiplier", config.multiplier);
    // A longer first wait than the usual longest: then that is the longest, unless it was given.
    config.maxDelay = std::max(config.maxDelay, config.baseDelay);
    take(value, "max_delay", config.maxDelay);
    if (value.contains("jitter"))
        config.jitter = named(kJitters, value["jitter"]);
    take(value, "jitter_ratio", config.jitterRatio);
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

void addBackoff(OrderedJson &value, const BackoffConfig &config)
{
    value["strategy"] = nameOf(kStrategies, config.strategy);
    value["base_delay"] = secondsNumber(config.baseDelay);
    value["multiplier"] = config.multiplier;
    value["max_delay"] = secondsNumber(config.maxDelay);
    value["jitter"] = nameOf(kJitters, config.jitter);
    value["jitter_ratio"] = config.jitterRatio.share();
}

RandomStream randomFromJson(const Json &value) { return {value.value("seed", uint64_t{1}), "drive"}; }

} // namespace resilience::io
