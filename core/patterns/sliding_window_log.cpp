// SPDX-License-Identifier: MIT
#include "core/patterns/sliding_window_log.h"

#include "core/patterns/limiter_config.h"

#include <algorithm>

namespace resilience {

std::optional<ConfigError> SlidingWindowLogConfig::validate() const
{
    for (auto &&error : {checkCapacity("limit", limit, 1'000'000), checkWindow("window", window)})
        if (error)
            return error;
    return std::nullopt;
}

SlidingWindowLog::SlidingWindowLog(const SlidingWindowLogConfig &config)
    : m_config(checkedConfig(config)), m_ring(config.limit)
{
}

Decision SlidingWindowLog::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    advance(now);
    if (permits > m_config.limit)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    const uint64_t room = m_config.limit - m_count;
    if (permits > room) {
        // The last of those that have to leave; entries leave in order.
        const Time last = entry(permits - room - 1);
        return {{}, Rejection::Throttled, m_config.window - (m_now - last)};
    }
    for (uint64_t i = 0; i < permits; ++i, ++m_count) {
        const uint64_t place = m_oldest + m_count;
        m_ring[place < m_config.limit ? place : place - m_config.limit] = m_now;
    }
    return {};
}

uint64_t SlidingWindowLog::available(Time now) const
{
    return m_config.limit - (m_count - expiredAt(std::max(now, m_now)));
}

void SlidingWindowLog::reconfigure(const SlidingWindowLogConfig &config, Time now)
{
    const SlidingWindowLogConfig &checked = checkedConfig(config);
    advance(now);
    if (checked.limit != m_config.limit) {
        std::vector<Time> ring(checked.limit);
        const uint64_t kept = std::min(m_count, checked.limit);
        for (uint64_t i = 0; i < kept; ++i)
            ring[i] = entry(m_count - kept + i);
        m_ring = std::move(ring);
        m_oldest = 0;
        m_count = kept;
    }
    m_config = checked;
    advance(now);
}

// The index-th of the entries in use, the oldest first.
Time SlidingWindowLog::entry(uint64_t index) const
{
    const uint64_t place = m_oldest + index;
    return m_ring[place < m_ring.size() ? place : place - m_ring.size()];
}

// How many entries have left at `now`. They are in order of time, so the first that has not is found by halving.
uint64_t SlidingWindowLog::expiredAt(Time now) const
{
    if (m_count == 0 || now - entry(0) < m_config.window)
        return 0;
    uint64_t gone = 1;
    uint64_t end = m_count;
    while (gone < end) {
        const uint64_t middle = gone + (end - gone) / 2;
        if (now - entry(middle) >= m_config.window)
            gone = middle + 1;
        else
            end = middle;
    }
    return gone;
}

void SlidingWindowLog::advance(Time now)
{
    m_now = std::max(m_now, now);
    const uint64_t gone = expiredAt(m_now);
    m_count -= gone;
    m_oldest += gone;
    if (m_oldest >= m_ring.size())
        m_oldest -= m_ring.size();
}

} // namespace resilience
