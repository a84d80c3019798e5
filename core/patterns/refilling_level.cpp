// SPDX-License-Identifier: MIT
#include "core/patterns/refilling_level.h"

#include <numeric>

namespace resilience {

RefillingLevel::RefillingLevel(uint64_t capacity, const Rate &rate, uint64_t initial)
{
    const auto per = static_cast<uint64_t>(rate.per.count());
    const uint64_t common = std::gcd(per, rate.permits);
    m_permit = per / common;
    m_gain = rate.permits / common;
    m_full = Wide{capacity} * m_permit;
    m_level = Wide{initial} * m_permit;
}

Duration RefillingLevel::waitFor(uint64_t permits) const
{
    const Wide missing = Wide{permits} * m_permit - m_level;
    // Most rates come down to one part a nanosecond, and most amounts fit 64 bits, whose division is quicker.
    Wide wait = missing;
    if (m_gain > 1 && missing >> 64U == 0) {
        const auto few = static_cast<uint64_t>(missing);
        wait = few / m_gain + (few % m_gain != 0);
    } else if (m_gain > 1) {
        wait = ceilDivided(missing, m_gain);
    }
    return wait > static_cast<uint64_t>(kDurationMax.count()) ? kDurationMax : Duration{static_cast<int64_t>(wait)};
}

void RefillingLevel::putBack(Time now, uint64_t permits)
{
    advance(now);
    m_level = std::min(m_full, m_level + Wide{permits} * m_permit);
}

void RefillingLevel::change(uint64_t capacity, const Rate &rate, Time now)
{
    advance(now);
    RefillingLevel changed(capacity, rate, 0);
    changed.m_level = std::min(changed.m_full, converted(m_level, changed));
    changed.m_now = m_now;
    *this = changed;
}

void RefillingLevel::changeKeepingMissing(uint64_t capacity, const Rate &rate, Time now)
{
    advance(now);
    RefillingLevel changed(capacity, rate, 0);
    const Wide missing = converted(m_full - m_level, changed);
    changed.m_level = changed.m_full - std::min(changed.m_full, missing);
    changed.m_now = m_now;
    *this = changed;
}

// In whole permits and a rest, because the product of all parts might not fit.
Wide RefillingLevel::converted(Wide parts, const RefillingLevel &to) const
{
    return parts / m_permit * to.m_permit + parts % m_permit * to.m_permit / m_permit;
}

} // namespace resilience
