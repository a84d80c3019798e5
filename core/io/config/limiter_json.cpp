// SPDX-License-Identifier: MIT
#include "core/io/config/limiter_json.h"

#include "core/io/json/take_json.h"

namespace resilience::io {

namespace {

template <typename Config> OrError<Config> judged(const Config &config, const std::string &place)
{
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

template <typename Config> OrError<Config> limitWindowFromJson(const Json &value, const std::string &place)
{
    Config config;
    take(value, "limit", config.limit);
    take(value, "window", config.window);
    return judged(config, place);
}

} // namespace

OrError<TokenBucketConfig> tokenBucketFromJson(const Json &value, const std::string &place)
{
    TokenBucketConfig config;
    take(value, "capacity", config.capacity);
    take(value, "refill_rate", config.refill);
    take(value, "initial", config.initial);
    return judged(config, place);
}

OrError<LeakyBucketConfig> leakyBucketFromJson(const Json &value, const std::string &place)
{
    LeakyBucketConfig config;
    take(value, "capacity", config.capacity);
    take(value, "leak_rate", config.leak);
    take(value, "initial", config.initial);
    return judged(config, place);
}

OrError<FixedWindowConfig> fixedWindowFromJson(const Json &value, const std::string &place)
{
    return limitWindowFromJson<FixedWindowConfig>(value, place);
}

OrError<SlidingWindowLogConfig> slidingWindowLogFromJson(const Json &value, const std::string &place)
{
    return limitWindowFromJson<SlidingWindowLogConfig>(value, place);
}

OrError<SlidingWindowCounterConfig> slidingWindowCounterFromJson(const Json &value, const std::string &place)
{
    return limitWindowFromJson<SlidingWindowCounterConfig>(value, place);
}

} // namespace resilience::io
