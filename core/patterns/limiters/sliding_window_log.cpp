// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/sliding_window_log.h"

#include "core/patterns/limiters/limiter_config.h"

#include <algorithm>

namespace resilience {

std::optional<ConfigError> SlidingWindowLogConfig::validate() const
{
    for (auto &&error : {checkCapacity("limit", limit, kMostPermits), checkWindow("window", window)})
        if (error)
            return error;
    return std::nullopt;
}

SlidingWindowLog::SlidingWindowLog(const SlidingWindowLogConfig &config, Time now)
    : m_config(checkedConfig(config)), m_ring(config.limit), m_now(now)
{
}

Decision SlidingWindowLog::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    advance(now);
    if (permits > m_config.limit)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    if (m_count + permits > m_config.limit) {
        // The last of those that have to leave; entries leave in order.
        const Time last = entry(m_count + permits - m_config.limit - 1);
        return {{}, Rejection::Throttled, m_config.window - saturatingSince(m_now, last)};
    }
    for (uint64_t i = 0; i < permits; ++i) {
        m_ring[m_next] = m_now;
        m_next = m_next + 1 == m_ring.size() ? 0 : m_next + 1;
    }
    m_count += permits;
    m_kept = std::min<uint64_t>(m_kept + permits, m_ring.size());
    return {};
}

uint64_t SlidingWindowLog::available(Time now) const
{
    const uint64_t inView = m_count - expiredAt(std::max(now, m_now));
    return inView < m_config.limit ? m_config.limit - inView : 0;
}

void SlidingWindowLog::reconfigure(const SlidingWindowLogConfig &config, Time now)
{
    m_config = checkedConfig(config);
    growTo(m_config.limit);
    m_count = m_kept;
    advance(now);
}

void SlidingWindowLog::growTo(uint64_t places)
{
    if (places <= m_ring.size())
        return;
    std::vector<Time> ring(places);
    for (uint64_t i = 0; i < m_kept; ++i)
        ring[i] = latest(m_kept - i);
    m_ring = std::move(ring);
    m_next = m_kept;
}

// The newest entry for 1, the one before it for 2.
Time SlidingWindowLog::latest(uint64_t back) const
{
    return m_ring[back <= m_next ? m_next - back : m_next + m_ring.size() - back];
}

// How many entries have left at `now`. They are in order of time, so the first that has not is found by halving.
uint64_t SlidingWindowLog::expiredAt(Time now) const
{
    const auto isOver = [&](uint64_t index) { return saturatingSince(now, entry(index)) >= m_config.window; };
    if (m_count == 0 || !isOver(0))
        return 0;
    uint64_t gone = 1;
    uint64_t end = m_count;
    while (gone < end) {
        const uint64_t middle = gone + (end - gone) / 2;
        if (isOver(middle))
            gone = middle + 1;
        else
            end = middle;
    }
    return gone;
}

void SlidingWindowLog::advance(Time now)
{
    m_now = std::max(m_now, now);
    m_count -= expiredAt(m_now);
}

} // namespace resilience
