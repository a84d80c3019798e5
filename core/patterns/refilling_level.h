// SPDX-License-Identifier: MIT
#pragma once

#include "core/rate.h"
#include "core/time.h"
#include "core/wide.h"

#include <algorithm>
#include <cstdint>

namespace resilience {

// What token bucket and leaky bucket have in common: an amount that grows at a constant rate up to a capacity, and is
// taken from in whole permits.
//
// Exact: the amount is counted in parts, of which one permit has as many as `rate.per` has nanoseconds and each
// nanosecond brings `rate.permits` (both divided by what they have in common). So nothing is ever rounded, and 7 a
// minute is exactly that. Sums fit: capacity x per < 2^85 and 2^63 ns x permits < 2^113, by the configurations' limits.
class RefillingLevel {
public:
    // `capacity` and `rate` have passed checkCapacity() and checkRate(); `initial` <= capacity.
    RefillingLevel(uint64_t capacity, const Rate &rate, uint64_t initial);

    // Takes all of `permits` or nothing. 0 = true, and nothing changes, not even the latest time.
    bool take(Time now, uint64_t permits)
    {
        if (permits == 0)
            return true;
        advance(now);
        const Wide wanted = Wide{permits} * m_permit;
        if (m_level < wanted)
            return false;
        m_level -= wanted;
        return true;
    }
    // After take() gave false, for permits <= capacity: how long until it would not. Saturates at 292 years.
    Duration waitFor(uint64_t permits) const;
    // Gives permits back, up to the capacity.
    void putBack(Time now, uint64_t permits);

    // What comes in so much time, on top; never before or beyond the present: only for
    // TokenBucketConfig::TeachingSlips.
    void credit(Duration span)
    {
        m_level = std::min(m_full, m_level + Wide{static_cast<uint64_t>(span.count())} * m_gain);
    }

    // In permits, fractions included. Changes nothing.
    double amount(Time now) const { return permitsIn(levelAt(now)); }
    // The capacity less the amount, without the rounding of a subtraction.
    double missing(Time now) const { return permitsIn(m_full - levelAt(now)); }

    // Another capacity and rate from `now` on; the amount stays, down to the new part, and cut to the capacity.
    void change(uint64_t capacity, const Rate &rate, Time now);
    // As change(), but what is missing stays, up to the new capacity.
    void changeKeepingMissing(uint64_t capacity, const Rate &rate, Time now);

    bool operator==(const RefillingLevel &) const = default;

private:
    void advance(Time now)
    {
        if (now > m_now) {
            m_level = levelAt(now);
            m_now = now;
        }
    }
    Wide levelAt(Time now) const
    {
        if (now <= m_now)
            return m_level;
        return std::min(m_full, m_level + Wide{static_cast<uint64_t>((now - m_now).count())} * m_gain);
    }
    double permitsIn(Wide parts) const { return inUnits(parts, m_permit); }
    Wide converted(Wide parts, const RefillingLevel &to) const;

    // What every call writes comes first, beside a lock that may guard it.
    Wide m_level; // parts, as of m_now
    Time m_now = kTimeZero; // never before zero, so that differences fit
    uint64_t m_permit; // parts in a permit
    uint64_t m_gain; // parts a nanosecond
    Wide m_full; // parts
};

} // namespace resilience
