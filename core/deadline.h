// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <algorithm>
#include <optional>

namespace resilience {

/// The moment from which a caller has no use for an answer any more. A regular value; none() never comes. On the wire
/// it travels as what remains of it, because two machines' clocks have no common zero (gRPC's grpc-timeout).
class Deadline {
public:
    constexpr Deadline() = default; // none

    static constexpr Deadline none() { return {}; }
    static constexpr Deadline at(Time moment) { return Deadline(std::max(moment, kNone + Duration{1})); }
    /// `remaining` from now: how a received one is made absolute. A negative remainder is over already.
    static constexpr Deadline in(GivenDuration remaining, Time now) { return at(saturatingAdd(now, remaining)); }

    constexpr bool isNone() const { return m_moment == kNone; }
    constexpr Time end() const { return isNone() ? kTimeMax : m_moment; }
    constexpr std::optional<Time> moment() const { return isNone() ? std::nullopt : std::optional(m_moment); }
    /// At exactly the deadline it is over.
    constexpr bool isOver(Time now) const { return !isNone() && now >= m_moment; }
    /// What is left, zero when it is over: what goes out on the wire. None when there is no deadline.
    constexpr std::optional<Duration> remaining(Time now) const
    {
        if (isNone())
            return std::nullopt;
        return isOver(now) ? Duration::zero() : saturatingSince(m_moment, now);
    }
    /// Whether something can still begin after waiting so long.
    constexpr bool allowsWait(GivenDuration wait, Time now) const
    {
        return isNone() || saturatingAdd(now, wait) < m_moment;
    }

    /// The earlier of two: handing a deadline down never lengthens it.
    constexpr Deadline earlier(const Deadline &other) const
    {
        if (isNone() || other.isNone())
            return isNone() ? other : *this;
        return Deadline(std::min(m_moment, other.m_moment));
    }

    constexpr bool operator==(const Deadline &) const = default;

private:
    // One number, which is copied faster than an optional one: calls hand many deadlines down.
    static constexpr Time kNone = Time::min();

    constexpr explicit Deadline(Time moment) : m_moment(moment) {}

    Time m_moment = kNone;
};

} // namespace resilience
