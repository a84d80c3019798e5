// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/refilling_level.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace resilience {

namespace {

// parts x to / from, rounded down or up; in whole units and a rest, because the product of all parts might not fit.
Wide scaledDown(Wide parts, uint64_t from, uint64_t to) { return parts / from * to + parts % from * to / from; }
Wide scaledUp(Wide parts, uint64_t from, uint64_t to)
{
    return parts / from * to + ceilDivided(parts % from * to, from);
}

} // namespace

RefillingLevel::RefillingLevel(uint64_t capacity, const Rate &rate, uint64_t initial, Time now) : m_now(now)
{
    const auto per = static_cast<uint64_t>(rate.per.count());
    const uint64_t common = std::gcd(per, rate.permits);
    m_permit = per / common;
    m_gain = rate.permits / common;
    m_full = Wide{capacity} * m_permit;
    m_missing = Wide{capacity - initial} * m_permit;
}

Duration RefillingLevel::timeFor(Wide parts) const
{
    // Most rates come down to one part a nanosecond, and most amounts fit 64 bits, whose division is quicker.
    Wide wait = parts;
    if (m_gain > 1 && parts >> 64U == 0) {
        const auto few = static_cast<uint64_t>(parts);
        wait = few / m_gain + (few % m_gain != 0);
    } else if (m_gain > 1) {
        wait = ceilDivided(parts, m_gain);
    }
    return wait > static_cast<uint64_t>(kDurationMax.count()) ? kDurationMax : Duration{static_cast<int64_t>(wait)};
}

void RefillingLevel::putBack(Time now, uint64_t permits)
{
    advance(now);
    m_missing = less(m_missing, Wide{permits} * m_permit);
}

void RefillingLevel::changeKeepingAmount(uint64_t capacity, const Rate &rate, Time now)
{
    advance(now);
    RefillingLevel changed(capacity, rate, 0, m_now);
    const Wide amount = scaledDown(less(m_full, m_missing), m_permit, changed.m_permit);
    changed.m_missing = less(changed.m_full, amount);
    *this = changed;
}

void RefillingLevel::changeKeepingMissing(uint64_t capacity, const Rate &rate, Time now)
{
    advance(now);
    RefillingLevel changed(capacity, rate, 0, m_now);
    changed.m_missing = scaledUp(m_missing, m_permit, changed.m_permit);
    *this = changed;
}

void RefillingLevel::changeKeepingTime(uint64_t capacity, const Rate &rate, Time now)
{
    advance(now);
    RefillingLevel changed(capacity, rate, 0, m_now);
    const Wide longest = Wide{std::numeric_limits<uint64_t>::max()} * m_gain; // nobody waits so long, and it fits
    changed.m_missing = scaledUp(std::min(m_missing, longest), m_gain, changed.m_gain);
    *this = changed;
}

} // namespace resilience
