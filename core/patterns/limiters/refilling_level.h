// SPDX-License-Identifier: MIT
#pragma once

#include "core/rate.h"
#include "core/time.h"
#include "core/wide.h"

#include <cstdint>
#include <limits>

namespace resilience {

/// What token bucket, leaky bucket and leaky queue have in common: an amount that grows at a constant rate up to a
/// capacity, and is taken from in whole permits.
///
/// Exact: the amount is counted in parts, of which one permit has as many as `rate.per` has nanoseconds and each
/// nanosecond brings `rate.permits` (both divided by what they have in common). So nothing is ever rounded, and 7 a
/// minute is exactly that. Sums fit: permits x per < 2^119 and 2^64 ns x permits < 2^114, by the configurations'
/// limits.
///
/// What is kept is what is missing, not what is there: so that it can be more than a capacity that was made smaller,
/// and what was given before is not forgotten.
class RefillingLevel {
public:
    /// `capacity` and `rate` have passed checkCapacity() and checkRate(); `initial` <= capacity is there at `now`.
    RefillingLevel(uint64_t capacity, const Rate &rate, uint64_t initial, Time now);

    /// Takes all of `permits` or nothing. 0 = true, and nothing changes, not even the latest time.
    bool take(Time now, uint64_t permits)
    {
        if (permits == 0)
            return true;
        advance(now);
        const Wide missing = m_missing + Wide{permits} * m_permit;
        if (missing > m_full)
            return false;
        m_missing = missing;
        return true;
    }
    /// After take() gave false, for permits <= capacity: how long until it would not. Saturates at 292 years.
    Duration waitFor(uint64_t permits) const { return timeFor(m_missing + Wide{permits} * m_permit - m_full); }
    /// As of the latest call: how long until all but one permit is there that would be missing with `permits` more
    /// taken, as when each has its turn after the one before it; 0 if it is at once.
    Duration turnAfter(uint64_t permits) const
    {
        const Wide missing = m_missing + Wide{permits} * m_permit;
        return missing > m_permit ? timeFor(missing - m_permit) : Duration{0};
    }
    /// Gives permits back, up to the capacity.
    void putBack(Time now, uint64_t permits);

    /// What comes in so much time, on top; never before or beyond the present: only for
    /// TokenBucketConfig::FaultyVariant.
    void credit(Duration span) { m_missing = less(m_missing, Wide{static_cast<uint64_t>(span.count())} * m_gain); }

    /// In permits, fractions included. Changes nothing.
    double amount(Time now) const { return permitsIn(less(m_full, missingAt(now))); }
    /// The capacity less the amount, without the rounding of a subtraction; above the capacity after that was made
    /// smaller. Changes nothing.
    double missing(Time now) const { return permitsIn(missingAt(now)); }
    /// In whole permits: how many are there, and how many are missing, in whole or in part. Changes nothing.
    uint64_t wholeAmount(Time now) const { return static_cast<uint64_t>(less(m_full, missingAt(now)) / m_permit); }
    uint64_t startedMissing(Time now) const
    {
        const Wide started = ceilDivided(missingAt(now), m_permit);
        return started >> 64U == 0 ? static_cast<uint64_t>(started) : std::numeric_limits<uint64_t>::max();
    }

    /// Another capacity and rate from `now` on; each keeps something, to the new part, rounded against the caller.
    void changeKeepingAmount(uint64_t capacity, const Rate &rate, Time now); // cut to the capacity
    void changeKeepingMissing(uint64_t capacity, const Rate &rate, Time now); // which may be more than the capacity
    void changeKeepingTime(uint64_t capacity, const Rate &rate, Time now); // when nothing will be missing

    bool operator==(const RefillingLevel &) const = default;

private:
    static constexpr Wide less(Wide from, Wide what) { return from > what ? from - what : 0; }
    void advance(Time now)
    {
        if (now > m_now) {
            m_missing = missingAt(now);
            m_now = now;
        }
    }
    Wide missingAt(Time now) const
    {
        if (now <= m_now)
            return m_missing;
        // Without a sign, the difference of any two times fits.
        const uint64_t since = static_cast<uint64_t>(now.time_since_epoch().count())
                               - static_cast<uint64_t>(m_now.time_since_epoch().count());
        return less(m_missing, Wide{since} * m_gain);
    }
    Duration timeFor(Wide parts) const;
    double permitsIn(Wide parts) const { return inUnits(parts, m_permit); }

    // What every call writes comes first, beside a lock that may guard it.
    Wide m_missing; // parts, as of m_now
    Time m_now;
    uint64_t m_permit; // parts in a permit
    uint64_t m_gain; // parts a nanosecond
    Wide m_full; // parts
};

} // namespace resilience
