// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/sliding_window_counter.h"

#include "core/patterns/limiters/clock_window.h"
#include "core/patterns/limiters/limiter_config.h"
#include "core/wide.h"

#include <algorithm>

namespace resilience {

namespace {

Wide wide(Duration d) { return static_cast<uint64_t>(d.count()); }

// When, after the start of a window whose predecessor gave `previous` permits, at most `room` (< previous) of them are
// still reckoned in: the least o with previous x (window - o) <= room x window.
Duration fadesTo(uint64_t room, uint64_t previous, Duration window)
{
    return Duration{static_cast<int64_t>(ceilDivided((previous - room) * wide(window), previous))};
}

} // namespace

std::optional<ConfigError> SlidingWindowCounterConfig::validate() const
{
    for (auto &&error : {checkCapacity("limit", limit), checkWindow("window", window)})
        if (error)
            return error;
    return std::nullopt;
}

SlidingWindowCounter::SlidingWindowCounter(const SlidingWindowCounterConfig &config, Time now)
    : m_config(checkedConfig(config)), m_start(clockWindowStart(now, config.window)), m_now(now)
{
}

Decision SlidingWindowCounter::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    advance(now);
    if (permits > m_config.limit)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    const Wide window = wide(m_config.window);
    const Wide left = wide(leftOfWindow());
    if (m_previous * left + (Wide{m_present} + permits) * window > m_config.limit * window)
        return {{}, Rejection::Throttled, waitFor(permits)};
    m_present += permits;
    return {};
}

double SlidingWindowCounter::available(Time now) const
{
    SlidingWindowCounter then = *this;
    then.advance(now);
    const Wide window = wide(m_config.window);
    const Wide used = then.m_previous * wide(then.leftOfWindow()) + then.m_present * window;
    const Wide limit = m_config.limit * window;
    return used >= limit ? 0.0 : inUnits(limit - used, window);
}

SlidingWindowCounts SlidingWindowCounter::view(Time now) const
{
    SlidingWindowCounter then = *this;
    then.advance(now);
    const Wide window = wide(m_config.window);
    const Wide used = then.m_previous * wide(then.leftOfWindow()) + then.m_present * window;
    return {then.m_start, then.m_previous, then.m_present, inUnits(used, window)};
}

void SlidingWindowCounter::reconfigure(const SlidingWindowCounterConfig &config, Time now)
{
    const SlidingWindowCounterConfig &checked = checkedConfig(config);
    advance(now);
    if (checked.window != m_config.window) {
        const Wide fading = m_previous * wide(leftOfWindow());
        m_present += static_cast<uint64_t>(ceilDivided(fading, wide(m_config.window)));
        m_previous = 0;
        m_start = clockWindowStart(m_now, checked.window);
    }
    m_config = checked;
}

void SlidingWindowCounter::advance(Time now)
{
    m_now = std::max(m_now, now);
    const Duration since = saturatingSince(m_now, m_start);
    if (since < m_config.window)
        return;
    m_previous = since - m_config.window < m_config.window ? m_present : 0;
    m_present = 0;
    m_start = clockWindowStart(m_now, m_config.window);
}

// The estimate only falls while nobody asks, without a jump at the edge, so the first moment it leaves room is the
// answer.
Duration SlidingWindowCounter::waitFor(uint64_t permits) const
{
    const Duration into = saturatingSince(m_now, m_start);
    const uint64_t room = m_config.limit - permits;
    if (m_present <= room) // the previous window's part has to fade
        return fadesTo(room - m_present, m_previous, m_config.window) - into;
    // Not in this window: it becomes the previous one, and then fades itself.
    return m_config.window - into + fadesTo(room, m_present, m_config.window);
}

} // namespace resilience
