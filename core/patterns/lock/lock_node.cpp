// SPDX-License-Identifier: MIT
#include "core/patterns/lock/lock_node.h"

#include "core/wide.h"

#include <algorithm>

namespace resilience {

Time SkewedClock::read(Time now) const
{
    constexpr int64_t billion = 1'000'000'000;
    const int64_t t = now.time_since_epoch().count();
    // In two parts, each of which fits: whole seconds' worth of drift, and the rest, which is below 1e9 ns.
    const int64_t whole = t / billion;
    const int64_t rest = t % billion;
    const auto magnitude = [](int64_t x) { return x < 0 ? 0 - static_cast<uint64_t>(x) : static_cast<uint64_t>(x); };
    const bool negative = (t < 0) != (driftPpb < 0);
    const Wide product = static_cast<Wide>(magnitude(whole)) * magnitude(driftPpb)
                         + static_cast<Wide>(magnitude(rest)) * magnitude(driftPpb) / billion;
    // Down, not towards zero: a clock that shows less keeps its lease longer by 1 ns at most.
    const bool inexact = static_cast<Wide>(magnitude(rest)) * magnitude(driftPpb) % billion != 0;
    const Wide rounded = product + (negative && inexact);
    constexpr auto top = static_cast<uint64_t>(INT64_MAX);
    const auto drift = static_cast<int64_t>(rounded > top ? top : static_cast<uint64_t>(rounded));
    return saturatingAdd(saturatingAdd(now, Duration{negative ? -drift : drift}), offset);
}

LockReply LockNode::acquire(uint64_t owner, GivenDuration ttl, Time now)
{
    advance(now);
    if (m_owner != 0 || owner == 0)
        return LockReply::Taken;
    m_owner = owner;
    m_expiresAt = saturatingAdd(m_clock.read(m_now), ttl);
    ++m_granted;
    advance(m_now);
    return LockReply::Granted;
}

LockReply LockNode::extend(uint64_t owner, GivenDuration ttl, Time now)
{
    advance(now);
    if (m_owner == 0 || m_owner != owner)
        return LockReply::NotOwner;
    m_expiresAt = saturatingAdd(m_clock.read(m_now), ttl);
    advance(m_now);
    return LockReply::Granted;
}

LockReply LockNode::release(uint64_t owner, Time now)
{
    advance(now);
    if (m_owner == 0 || m_owner != owner)
        return LockReply::NotOwner;
    m_owner = 0;
    m_expiresAt = kTimeZero;
    return LockReply::Granted;
}

LockReply LockNode::answer(const LockRequest &request, Time now)
{
    switch (request.kind) {
    case LockRequest::Kind::None:
        break;
    case LockRequest::Kind::Acquire:
        release(request.lapsed, now);
        return acquire(request.owner, request.ttl, now);
    case LockRequest::Kind::Extend:
        return extend(request.owner, request.ttl, now);
    case LockRequest::Kind::Release:
        return release(request.owner, now);
    }
    return LockReply::NotOwner;
}

void LockNode::restart(bool empty, Time now)
{
    advance(now);
    if (empty) {
        m_owner = 0;
        m_expiresAt = kTimeZero;
    }
}

void LockNode::setClock(SkewedClock clock, Time now)
{
    advance(now);
    m_clock = clock;
    advance(now);
}

LockNodeView LockNode::view(Time now) const
{
    LockNode settled = *this;
    settled.advance(now);
    const bool held = settled.m_owner != 0;
    return {settled.m_owner, held ? std::optional{settled.m_expiresAt} : std::nullopt,
            settled.m_clock.read(settled.m_now), settled.m_granted};
}

// Clamps time to run forwards only, and ends the lease whose time is up.
void LockNode::advance(Time now)
{
    m_now = std::max(m_now, now);
    if (m_owner != 0 && m_clock.read(m_now) >= m_expiresAt && m_expiresAt != kTimeMax) {
        m_owner = 0;
        m_expiresAt = kTimeZero;
    }
}

} // namespace resilience
