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
    for (uint32_t i = index; i != kNoStrand && !permit; i = m_call.strands[i].parent) {
        const CallStrand &one = m_call.strands[i];
        for (size_t at = one.layers.size(); at-- > 0 && !permit;)
            if (m_call.nest[one.from + at].kind == PolicyKind::CircuitBreaker)
                if (const auto *passed = std::get_if<GatePassed>(&one.layers[at]))
                    permit = &passed->permit;
    }
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
    switch (roleOf(layer.kind)) {
    case PolicyRole::Fallback:
        return true;
    case PolicyRole::TimeLimit: {
        const Time end = saturatingAdd(m_now, m_driver.timeLimit(layer));
        stateAt(index, level) = LimitRunning{end};
        m_driver.wakeAt(end, index, static_cast<uint32_t>(level));
        return true;
    }
    case PolicyRole::Retry:
        stateAt(index, level) =
            m_driver.beginRetry(layer, static_cast<uint32_t>(level), m_now, m_call.operation, limitOf(m_call, index));
        return true;
    case PolicyRole::Hedging:
        return enterHedging(index, level);
    case PolicyRole::Gate:
        return enterGate(index, level);
    }
    return true;
}

template <typename Driver>
void CallWalk<Driver>::turnBack(uint32_t index, size_t level, Rejection why, std::optional<Duration> retryAfter)
{
    const PolicyLayer &layer = m_call.nest[level];
    m_driver.turnedBack(index, layer, why, retryAfter, m_now);
    CallEnding ending = refusedEnding(layer.kind, why, retryAfter);
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

template <typename Driver> bool CallWalk<Driver>::enterGate(uint32_t index, size_t level)
{
    const PolicyLayer &layer = m_call.nest[level];
    const GateAnswer answer = m_driver.askGate(layer, m_now, index, stateAt(index, level));
    switch (answer.kind()) {
    case GateAnswer::Kind::Passed:
        return true;
    case GateAnswer::Kind::Waits:
        m_driver.tell(index, [&] { return WaitBegun{layer.kind, answer.until()}; });
        waitAt(index, level, answer.until());
        return false;
    case GateAnswer::Kind::TurnedAway:
        turnBack(index, level, answer.rejection(), answer.retryAfter());
        return false;
    }
    return true;
}

template <typename Driver> void CallWalk<Driver>::settled(uint32_t index, bool granted)
{
    CallStrand &waiting = strand(index);
    const size_t level = waiting.level;
    waiting.doing = CallStrand::Doing::Nothing;
    if (!granted) {
        stateAt(index, level).clear();
        turnBack(index, level, Rejection::WaitedInVain, {});
        return;
    }
    std::get<SlotTaken>(stateAt(index, level)).since = m_now;
    const PolicyLayer &layer = m_call.nest[level];
    m_driver.tell(index, [&] { return WaitEnded{layer.kind, m_now - waiting.since}; });
    m_driver.passed(layer);
    inwards(index, level + 1);
}

} // namespace resilience
