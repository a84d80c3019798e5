// SPDX-License-Identifier: MIT
#include "core/patterns/leaky_queue.h"

#include "core/patterns/limiter_config.h"

#include <algorithm>

namespace resilience {

namespace {

uint64_t spacingOf(const LeakyQueueConfig &config) { return static_cast<uint64_t>(config.leak.per.count()); }

} // namespace

std::optional<ConfigError> LeakyQueueConfig::validate() const
{
    if (capacity > kMaxCapacity)
        return ConfigError{"capacity", std::to_string(capacity), "0 to " + std::to_string(kMaxCapacity)};
    return checkRate("leak_rate", leak);
}

LeakyQueue::LeakyQueue(const LeakyQueueConfig &config) : m_config(checkedConfig(config)) {}

LeakyQueueDecision LeakyQueue::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    m_now = std::max(m_now, now);
    if (permits > m_config.capacity + 1)
        return {Rejection::ExceedsCapacity, std::nullopt, Duration::zero()};
    const Wide present = scaled(m_now);
    const Wide spacing = spacingOf(m_config);
    const Wide last = std::max(m_nextTurn, present) + (permits - 1) * spacing;
    const Wide longest = m_config.capacity * spacing;
    const Wide wait = last - present;
    if (wait > longest)
        return {Rejection::Throttled, ceilToNs(wait - longest), ceilToNs(wait)};
    m_nextTurn = last + spacing;
    return {Rejection::None, std::nullopt, ceilToNs(wait)};
}

uint64_t LeakyQueue::waiting(Time now) const
{
    const Wide present = scaled(std::max(m_now, now));
    if (m_nextTurn <= present)
        return 0;
    // The turn before m_nextTurn, and those before it, one spacing apart.
    return static_cast<uint64_t>(ceilDivided(m_nextTurn - present, spacingOf(m_config)) - 1);
}

uint64_t LeakyQueue::available(Time now) const
{
    const Wide present = scaled(std::max(m_now, now));
    const Wide spacing = spacingOf(m_config);
    const Wide ahead = m_nextTurn > present ? m_nextTurn - present : 0;
    const Wide longest = m_config.capacity * spacing;
    return ahead > longest ? 0 : static_cast<uint64_t>((longest - ahead) / spacing + 1);
}

void LeakyQueue::reconfigure(const LeakyQueueConfig &config, Time now)
{
    const LeakyQueueConfig &checked = checkedConfig(config);
    m_now = std::max(m_now, now);
    // The next turn stays at its moment, rounded up to the new part: whole nanoseconds first, the product might not
    // fit.
    const Wide whole = m_nextTurn / m_config.leak.permits;
    const Wide rest = m_nextTurn % m_config.leak.permits;
    m_nextTurn = whole * checked.leak.permits + ceilDivided(rest * checked.leak.permits, m_config.leak.permits);
    m_config = checked;
}

Wide LeakyQueue::scaled(Time t) const
{
    return Wide{static_cast<uint64_t>(t.time_since_epoch().count())} * m_config.leak.permits;
}

Duration LeakyQueue::ceilToNs(Wide parts) const
{
    const Wide ns = ceilDivided(parts, m_config.leak.permits);
    return ns > static_cast<uint64_t>(kDurationMax.count()) ? kDurationMax : Duration{static_cast<int64_t>(ns)};
}

} // namespace resilience
