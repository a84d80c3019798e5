// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_walk.h"

// CallWalk's way inwards.
namespace resilience {

template <typename Driver> void CallWalk<Driver>::start()
{
    const uint32_t root = newStrand(kNoStrand, 0, 0);
    if (!m_call.deadline.isNone())
        m_driver.wakeAt(m_call.deadline.end(), root, kCallersDeadline);
    inwards(root, 0);
}

template <typename Driver> uint32_t CallWalk<Driver>::newStrand(uint32_t parent, uint32_t hedge, uint32_t from)
{
    auto &strands = m_call.strands;
    uint32_t index = 0;
    while (index < strands.size() && strands[index].used)
        ++index;
    if (index == strands.size())
        strands.grow();
    CallStrand &made = strands[index];
    made.used = true;
    made.parent = parent;
    made.hedge = hedge;
    made.from = from;
    made.layers.resize(m_call.nest.size() - from);
    return index;
}

template <typename Driver> void CallWalk<Driver>::inwards(uint32_t index, size_t level)
{
    if (endsByLimit(index))
        return;
    for (; level < m_call.nest.size(); ++level) {
        if (!enter(index, level))
            return;
        m_driver.passed(m_call.nest[level]);
    }
    CallStrand &sent = strand(index);
    sent.doing = CallStrand::Doing::Sent;
    sent.attempt = ++m_call.sent;
    sent.since = m_now;
    m_driver.send(index, [&] { return sentBy(index); });
}

template <typename Driver> SendAttempt CallWalk<Driver>::sentBy(uint32_t index) const
{
    const CallStrand &sent = m_call.strands[index];
    const Permit *permit = nullptr;
    for (uint32_t i = index; i != kNoStrand && !permit; i = m_call.strands[i].parent)
        for (size_t at = m_call.strands[i].layers.size(); at-- > 0 && !permit;)
            if (const auto *passed = std::get_if<BreakerPassed>(&m_call.strands[i].layers[at]))
                permit = &passed->permit;
    return {.attempt = sent.attempt,
            .number = sent.number,
            .deadline = limitOf(m_call, index),
            .permit = permit ? *permit : Permit{}};
}

/// A turn or a slot may have come in time, and this moment be too late.
template <typename Driver> bool CallWalk<Driver>::endsByLimit(uint32_t index)
{
    const Due limit = earliestLimit(m_call, index);
    if (limit.at > m_now || limit.at == kTimeMax)
        return false;
    cutOff(limit);
    return true;
}

/// False when the call stays there, or has been turned back.
template <typename Driver> bool CallWalk<Driver>::enter(uint32_t index, size_t level)
{
    const PolicyLayer &layer = m_call.nest[level];
    switch (layer.kind) {
    case PolicyKind::Fallback:
        return true;
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout: {
        const Time end = saturatingAdd(m_now, m_driver.timeLimit(layer));
        stateAt(index, level) = LimitRunning{end};
        m_driver.wakeAt(end, index, static_cast<uint32_t>(level));
        return true;
    }
    case PolicyKind::Retry:
        stateAt(index, level) =
            m_driver.beginRetry(layer, static_cast<uint32_t>(level), m_now, m_call.operation, limitOf(m_call, index));
        return true;
    case PolicyKind::Hedging:
        return enterHedging(index, level);
    case PolicyKind::RateLimiter:
        return enterLimiter(index, level);
    case PolicyKind::CircuitBreaker:
        return enterBreaker(index, level);
    case PolicyKind::Bulkhead:
        return enterBulkhead(index, level);
    }
    return true;
}

template <typename Driver>
void CallWalk<Driver>::turnBack(uint32_t index, size_t level, PolicyKind by, Rejection why,
                                std::optional<Duration> retryAfter)
{
    m_driver.turnedBack(index, m_call.nest[level], why, retryAfter, m_now);
    CallEnding ending = refusedEnding(by, why, retryAfter);
    outwards(index, level, ending, {});
}

template <typename Driver> void CallWalk<Driver>::waitAt(uint32_t index, size_t level, std::optional<Time> until)
{
    CallStrand &waiting = strand(index);
    waiting.doing = CallStrand::Doing::Waiting;
    waiting.level = static_cast<uint32_t>(level);
    waiting.since = m_now;
    waiting.until = until.value_or(kTimeMax);
    if (until)
        m_driver.wakeAt(*until, index, waiting.level);
}

template <typename Driver> bool CallWalk<Driver>::enterLimiter(uint32_t index, size_t level)
{
    const LimiterDecision decision = m_driver.askLimiter(m_call.nest[level], m_now, limitOf(m_call, index));
    if (!decision) {
        turnBack(index, level, PolicyKind::RateLimiter, decision.rejection, decision.retryAfter);
        return false;
    }
    if (decision.wait <= Duration::zero())
        return true;
    const Time turn = saturatingAdd(m_now, decision.wait);
    m_driver.tell(index, [&] { return WaitBegun{PolicyKind::RateLimiter, turn}; });
    waitAt(index, level, turn);
    return false;
}

template <typename Driver> bool CallWalk<Driver>::enterBreaker(uint32_t index, size_t level)
{
    const Decision decision = m_driver.askBreaker(m_call.nest[level], m_now);
    if (decision) {
        stateAt(index, level) = BreakerPassed{decision.permit, m_now};
        return true;
    }
    turnBack(index, level, PolicyKind::CircuitBreaker, decision.rejection, decision.retryAfter);
    return false;
}

template <typename Driver> bool CallWalk<Driver>::enterBulkhead(uint32_t index, size_t level)
{
    const Admission admission = m_driver.askBulkhead(m_call.nest[level], m_now, limitOf(m_call, index), index);
    if (!admission.permitted() && !admission.queued()) {
        turnBack(index, level, PolicyKind::Bulkhead, admission.rejection, {});
        return false;
    }
    stateAt(index, level) = SlotTaken{admission.ticket, m_now};
    if (admission.permitted())
        return true;
    m_driver.tell(index, [&] { return WaitBegun{PolicyKind::Bulkhead, admission.waitsUntil}; });
    waitAt(index, level, admission.waitsUntil);
    return false;
}

template <typename Driver> void CallWalk<Driver>::settled(uint32_t index, bool granted)
{
    CallStrand &waiting = strand(index);
    const size_t level = waiting.level;
    waiting.doing = CallStrand::Doing::Nothing;
    if (!granted) {
        stateAt(index, level).clear();
        turnBack(index, level, PolicyKind::Bulkhead, Rejection::WaitedInVain, {});
        return;
    }
    std::get<SlotTaken>(stateAt(index, level)).since = m_now;
    m_driver.tell(index, [&] { return WaitEnded{PolicyKind::Bulkhead, m_now - waiting.since}; });
    m_driver.passed(m_call.nest[level]);
    inwards(index, level + 1);
}

} // namespace resilience
