// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/token_bucket.h"

#include "core/patterns/limiters/limiter_config.h"

namespace resilience {

std::optional<ConfigError> TokenBucketConfig::validate() const
{
    for (auto &&error : {checkCapacity("capacity", capacity), checkRate("refill_rate", refill),
                         checkInitial(initial.value_or(capacity), capacity)})
        if (error)
            return error;
    return std::nullopt;
}

TokenBucket::TokenBucket(const TokenBucketConfig &config, Time now)
    : m_tokens(checkedConfig(config).capacity, config.refill, config.initial.value_or(config.capacity), now),
      m_config(config), m_lastPermit(now)
{
}

Decision TokenBucket::tryAcquire(Time now, uint64_t permits)
{
    const bool permitted = m_tokens.take(now, permits);
    if (m_config.faultyVariant.countsTimeTwice) [[unlikely]]
        return slip(permitted, now, permits);
    if (permitted)
        return {};
    if (permits > m_config.capacity)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    return {{}, Rejection::Throttled, m_tokens.waitFor(permits)};
}

Decision TokenBucket::slip(bool permitted, Time now, uint64_t permits)
{
    if (permitted) {
        m_lastPermit = std::max(m_lastPermit, now);
        return {};
    }
    if (permits > m_config.capacity)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    const Decision decision{{}, Rejection::Throttled, m_tokens.waitFor(permits)};
    m_tokens.credit(std::max(Duration{0}, saturatingSince(now, m_lastPermit)));
    return decision;
}

void TokenBucket::reconfigure(const TokenBucketConfig &config, Time now)
{
    m_config = checkedConfig(config);
    m_tokens.changeKeepingAmount(config.capacity, config.refill, now);
}

} // namespace resilience
