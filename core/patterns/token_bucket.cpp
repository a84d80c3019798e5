// SPDX-License-Identifier: MIT
#include "core/patterns/token_bucket.h"

#include "core/patterns/limiter_config.h"

namespace resilience {

std::optional<ConfigError> TokenBucketConfig::validate() const
{
    for (auto &&error : {checkCapacity("capacity", capacity), checkRate("refill_rate", refill),
                         checkInitial(initial.value_or(capacity), capacity)})
        if (error)
            return error;
    return std::nullopt;
}

TokenBucket::TokenBucket(const TokenBucketConfig &config)
    : m_tokens(checkedConfig(config).capacity, config.refill, config.initial.value_or(config.capacity)), m_config(config)
{
}

Decision TokenBucket::tryAcquire(Time now, uint64_t permits)
{
    if (m_tokens.take(now, permits))
        return {};
    if (permits > m_config.capacity)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    return {{}, Rejection::Throttled, m_tokens.waitFor(permits)};
}

void TokenBucket::reconfigure(const TokenBucketConfig &config, Time now)
{
    m_config = checkedConfig(config);
    m_tokens.change(config.capacity, config.refill, now);
}

} // namespace resilience
