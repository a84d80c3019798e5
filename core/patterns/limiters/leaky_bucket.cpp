// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/leaky_bucket.h"

#include "core/patterns/limiters/limiter_config.h"

namespace resilience {

std::optional<ConfigError> LeakyBucketConfig::validate() const
{
    for (auto &&error :
         {checkCapacity("capacity", capacity), checkRate("leak_rate", leak), checkInitial(initial, capacity)})
        if (error)
            return error;
    return std::nullopt;
}

LeakyBucket::LeakyBucket(const LeakyBucketConfig &config, Time now)
    : m_room(checkedConfig(config).capacity, config.leak, config.capacity - config.initial, now), m_config(config)
{
}

Decision LeakyBucket::tryAcquire(Time now, uint64_t permits)
{
    if (m_room.take(now, permits))
        return {};
    if (permits > m_config.capacity)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    return {{}, Rejection::Throttled, m_room.waitFor(permits)};
}

void LeakyBucket::reconfigure(const LeakyBucketConfig &config, Time now)
{
    m_config = checkedConfig(config);
    m_room.changeKeepingMissing(config.capacity, config.leak, now);
}

} // namespace resilience
