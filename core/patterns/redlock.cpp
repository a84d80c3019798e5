// SPDX-License-Identifier: MIT
#include "core/patterns/redlock.h"

#include <algorithm>
#include <bit>

namespace resilience {

namespace {

uint32_t countVotes(uint64_t nodes) { return static_cast<uint32_t>(std::popcount(nodes)); }

} // namespace

Redlock::Redlock(const RedlockConfig &config, const RandomStream &random) : m_config(config), m_random(random)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

LockStep Redlock::acquire(Time now)
{
    advance(now);
    uint64_t lapsed = 0;
    if (m_phase == LockPhase::Held && m_now >= m_validUntil) {
        lapsed = m_owner;
        ++m_lost;
        becomeIdle();
    }
    if (m_phase != LockPhase::Idle)
        return {LockOutcome::Refused, {}, 0, {}, {}};
    do
        m_owner = m_random.next();
    while (m_owner == 0);
    return begin(LockPhase::Acquiring, LockRequest::Kind::Acquire, lapsed);
}

LockStep Redlock::extend(Time now)
{
    advance(now);
    if (m_phase != LockPhase::Held)
        return {LockOutcome::Refused, {}, 0, {}, {}};
    if (m_now >= m_validUntil)
        return lose();
    return begin(LockPhase::Extending, LockRequest::Kind::Extend);
}

LockStep Redlock::release(Time now)
{
    advance(now);
    if (m_phase == LockPhase::Idle || m_phase == LockPhase::Releasing)
        return {LockOutcome::Refused, {}, 0, {}, {}};
    if (m_phase == LockPhase::Acquiring) {
        m_granted = 0; // whatever was granted goes back
        return decide();
    }
    m_lostAlready = m_now >= m_validUntil;
    return begin(LockPhase::Releasing, LockRequest::Kind::Release);
}

LockStep Redlock::onReply(uint64_t round, uint32_t node, LockReply reply, Time now)
{
    advance(now);
    // By then the round's time is up: the reply is none of it.
    if (m_roundEnds && m_now >= *m_roundEnds)
        return decide();
    if (!m_roundEnds || round != m_round || node >= m_config.nodes)
        return {};
    const uint64_t bit = uint64_t{1} << node;
    if (m_replied & bit)
        return {};
    m_replied |= bit;
    if (reply == LockReply::Granted)
        m_granted |= bit;
    else if (reply != LockReply::Unreachable)
        m_denied |= bit;
    return countVotes(m_replied) == m_config.nodes ? decide() : LockStep{};
}

LockStep Redlock::onDeadline(Time now)
{
    advance(now);
    return m_roundEnds && m_now >= *m_roundEnds ? decide() : LockStep{};
}

bool Redlock::isHeld(Time now) const { return holds() && std::max(now, m_now) < m_validUntil; }

RedlockView Redlock::view(Time now) const
{
    RedlockView v;
    v.phase = m_phase;
    v.owner = m_owner;
    v.votes = countVotes(m_granted);
    v.replies = countVotes(m_replied);
    v.roundEnds = m_roundEnds;
    v.acquired = m_acquired;
    v.notAcquired = m_notAcquired;
    v.lost = m_lost;
    if (holds())
        v.validUntil = m_validUntil;
    if (m_phase == LockPhase::Held && std::max(now, m_now) >= m_validUntil) {
        v.phase = LockPhase::Idle;
        v.owner = 0;
        v.validUntil.reset();
        ++v.lost;
    }
    return v;
}

void Redlock::reconfigure(const RedlockConfig &config, Time now)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    if (m_phase != LockPhase::Idle && config.nodes != m_config.nodes)
        throw InvalidConfig(
            {"nodes", std::to_string(config.nodes), std::to_string(m_config.nodes) + " until the lock is released"});
    advance(now);
    m_config = config;
}

Time Redlock::advance(Time now) { return m_now = std::max(m_now, now); }

LockStep Redlock::begin(LockPhase phase, LockRequest::Kind kind, uint64_t lapsed)
{
    m_phase = phase;
    m_roundStart = m_now;
    m_roundEnds = saturatingAdd(m_now, m_config.requestTimeout);
    m_replied = m_granted = m_denied = 0;
    return {LockOutcome::None, {kind, m_owner, m_config.ttl, ++m_round, lapsed}, 0, {}, {}};
}

LockStep Redlock::decide()
{
    LockStep step = m_phase == LockPhase::Acquiring   ? decideAcquire()
                    : m_phase == LockPhase::Extending ? decideExtend()
                                                      : decideRelease();
    step.votes = countVotes(m_granted);
    m_roundEnds.reset();
    m_replied = m_granted = m_denied = 0;
    return step;
}

LockStep Redlock::decideAcquire()
{
    const Duration validity = m_config.validity(saturatingSince(m_now, m_roundStart));
    if (countVotes(m_granted) >= m_config.quorum() && validity > Duration::zero()) {
        m_phase = LockPhase::Held;
        m_validUntil = saturatingAdd(m_now, validity);
        ++m_acquired;
        return {LockOutcome::Acquired, {}, 0, validity, {}};
    }
    const LockRequest release = releaseAll();
    becomeIdle();
    ++m_notAcquired;
    return {LockOutcome::NotAcquired, release, 0, {}, m_random.between(m_config.minRetryWait, m_config.maxRetryWait)};
}

LockStep Redlock::decideExtend()
{
    if (m_now >= m_validUntil || countVotes(m_denied) > m_config.nodes - m_config.quorum())
        return lose();
    m_phase = LockPhase::Held;
    const Duration validity = m_config.validity(saturatingSince(m_now, m_roundStart));
    if (countVotes(m_granted) < m_config.quorum() || validity <= Duration::zero())
        return {LockOutcome::NotExtended, {}, 0, {}, {}};
    m_validUntil = saturatingAdd(m_now, validity);
    return {LockOutcome::Extended, {}, 0, validity, {}};
}

LockStep Redlock::decideRelease()
{
    becomeIdle();
    if (m_lostAlready || countVotes(m_denied) > m_config.nodes - m_config.quorum()) {
        ++m_lost;
        return {LockOutcome::Lost, {}, 0, {}, {}};
    }
    const bool enough = countVotes(m_granted) >= m_config.quorum();
    return {enough ? LockOutcome::Released : LockOutcome::NotReleased, {}, 0, {}, {}};
}

// Over, or another's: what is left of it is given back everywhere.
LockStep Redlock::lose()
{
    const LockRequest release = releaseAll();
    becomeIdle();
    ++m_lost;
    return {LockOutcome::Lost, release, 0, {}, {}};
}

LockRequest Redlock::releaseAll() const { return {LockRequest::Kind::Release, m_owner, Duration::zero(), 0, 0}; }

void Redlock::becomeIdle()
{
    m_phase = LockPhase::Idle;
    m_owner = 0;
    m_validUntil = kTimeZero;
}

} // namespace resilience
