// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/leaky_queue.h"

#include "core/patterns/limiters/limiter_config.h"

namespace resilience {

std::optional<ConfigError> LeakyQueueConfig::validate() const
{
    if (capacity > kMaxCapacity)
        return ConfigError{"capacity", std::to_string(capacity), "0 to " + std::to_string(kMaxCapacity)};
    return checkRate("leak_rate", leak);
}

LeakyQueue::LeakyQueue(const LeakyQueueConfig &config, Time now)
    : m_turns(checkedConfig(config).capacity + 1, config.leak, config.capacity + 1, now), m_config(config)
{
}

LeakyQueueDecision LeakyQueue::tryAcquire(Time now, uint64_t permits, const Deadline &limit)
{
    if (permits == 0)
        return {};
    const RefillingLevel before = m_turns;
    if (m_turns.take(now, permits)) {
        const Duration wait = m_turns.turnAfter(0);
        if (limit.allowsWait(wait, now))
            return {Rejection::None, std::nullopt, wait};
        m_turns = before;
        return {Rejection::DeadlinePassed, std::nullopt, wait};
    }
    if (permits > m_config.capacity + 1)
        return {Rejection::ExceedsCapacity, std::nullopt, Duration::zero()};
    return {Rejection::Throttled, m_turns.waitFor(permits), m_turns.turnAfter(permits)};
}

// The turn that is missing longest has come already: it is the one at work.
uint64_t LeakyQueue::waiting(Time now) const
{
    const uint64_t given = m_turns.startedMissing(now);
    return given > 0 ? given - 1 : 0;
}

void LeakyQueue::reconfigure(const LeakyQueueConfig &config, Time now)
{
    m_config = checkedConfig(config);
    m_turns.changeKeepingTime(config.capacity + 1, config.leak, now);
}

} // namespace resilience
