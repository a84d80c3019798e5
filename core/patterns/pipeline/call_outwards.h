// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_walk.h"

#include <utility>

// CallWalk's way outwards, and what moments bring.
namespace resilience {

template <typename Driver> bool CallWalk<Driver>::answer(uint32_t attempt, const AttemptAnswer &answer)
{
    for (uint32_t index = 0; index < m_call.strands.size(); ++index) {
        CallStrand &sent = strand(index);
        if (sent.doing != CallStrand::Doing::Sent || sent.attempt != attempt)
            continue;
        CallEnding ending = endingOf(answer, sent.number);
        sent.doing = CallStrand::Doing::Nothing;
        const Told told = m_driver.tellOver(index, [&] {
            return AttemptOver{attempt, ending, m_now - sent.since, false, std::nullopt};
        });
        outwards(index, m_call.nest.size(), ending, told);
        return true;
    }
    return false;
}

template <typename Driver> bool CallWalk<Driver>::fellBack(uint32_t index, const AttemptAnswer &answer)
{
    if (index >= m_call.strands.size() || strand(index).doing != CallStrand::Doing::FallingBack)
        return false;
    CallStrand &asked = strand(index);
    asked.doing = CallStrand::Doing::Nothing;
    CallEnding ending = *asked.primary;
    if (answer.outcome == Outcome::Success) {
        ending.fellBack = true;
    } else {
        ending = endingOf(answer, asked.primary->number);
        ending.heard = asked.primary->heard;
    }
    ending.number = asked.number;
    outwards(index, asked.level, ending, {});
    return true;
}

template <typename Driver>
void CallWalk<Driver>::outwards(uint32_t index, size_t level, CallEnding &ending, const Told &told)
{
    const size_t from = strand(index).from;
    while (level-- > from)
        if (!leave(index, level, ending, told))
            return;
    if (strand(index).parent == kNoStrand)
        finish(ending);
    else
        childEnded(index, ending, told);
}

template <typename Driver> void CallWalk<Driver>::finish(const CallEnding &ending)
{
    m_call.ending = ending;
    m_driver.tell(0, [&] { return CallDone{ending}; });
}

/// False when the call does not leave: another attempt, or the fallback is at work.
template <typename Driver>
bool CallWalk<Driver>::leave(uint32_t index, size_t level, CallEnding &ending, const Told &told)
{
    switch (roleOf(m_call.nest[level].kind)) {
    case PolicyRole::Fallback:
        if (!leaveFallback(index, level, ending))
            return false;
        ending.fellBack = ending.fellBack || strand(index).doing == CallStrand::Doing::FallingBack;
        strand(index).doing = CallStrand::Doing::Nothing;
        return true;
    case PolicyRole::Retry:
        return leaveRetry(index, level, ending);
    case PolicyRole::Gate:
        giveBack(m_call.nest[level], stateAt(index, level), ending.heard, told);
        return true;
    default:
        stateAt(index, level).clear();
        return true;
    }
}

/// False: it is at work. True and still falling back: it has answered.
template <typename Driver> bool CallWalk<Driver>::leaveFallback(uint32_t index, size_t level, const CallEnding &ending)
{
    if (!m_driver.mayFallBack(m_call.nest[level], ending, m_now))
        return true;
    if (endsByLimit(index))
        return false;
    CallStrand &asking = strand(index);
    m_driver.tell(index, [&] { return FallbackTaken{ending}; });
    asking.doing = CallStrand::Doing::FallingBack;
    asking.level = static_cast<uint32_t>(level);
    asking.since = m_now;
    asking.primary = ending;
    return m_driver.fallBack(index, ending);
}

template <typename Driver> bool CallWalk<Driver>::leaveRetry(uint32_t index, size_t level, const CallEnding &ending)
{
    RetryCall &retry = std::get<RetryCall>(stateAt(index, level));
    const RetryVerdict verdict = m_driver.judgeRetry(m_call.nest[level], retry, ending, m_now);
    if (verdict.kind == RetryVerdict::Kind::Done) {
        stateAt(index, level).clear();
        return true;
    }
    const Time next = saturatingAdd(m_now, verdict.delay);
    m_driver.tell(index, [&] { return RetryDecided{verdict, next}; });
    if (!verdict.again()) {
        stateAt(index, level).clear();
        return true;
    }
    m_driver.forget(ending.number);
    waitAt(index, level, next);
    return false;
}

template <typename Driver>
void CallWalk<Driver>::giveBack(const PolicyLayer &layer, LayerState &state, Outcome heard, const Told &told)
{
    if (const auto *its = std::get_if<GatePassed>(&state)) {
        const GatePassed passed = *its;
        state.clear();
        m_driver.tellGate(layer, passed, heard, m_now, told);
    } else if (const auto *slot = std::get_if<SlotTaken>(&state)) {
        const Ticket ticket = slot->ticket;
        state.clear();
        m_driver.leaveBulkhead(layer, ticket, m_now);
    } else {
        state.clear();
    }
}

template <typename Driver> void CallWalk<Driver>::cutOff(const Due &limit)
{
    const bool callers = limit.level == kCallersDeadline;
    CallEnding ending = timedOutEnding(callers ? std::nullopt : std::optional{m_call.nest[limit.level].kind});
    const uint32_t index = callers ? 0 : limit.strand;
    const CallStrand::Doing doing = strand(index).doing;
    if (doing == CallStrand::Doing::Waiting)
        ending.waitedAt = m_call.nest[strand(index).level].kind;
    const Told told = tearDown(index, callers ? 0 : limit.level, ending);
    if (!told) {
        if (doing != CallStrand::Doing::FallingBack)
            ending.rejection = Rejection::DeadlinePassed;
        m_driver.tell(index, [&] { return RanOutOfTime{ending.by}; });
    }
    if (callers)
        finish(ending);
    else
        outwards(index, limit.level, ending, told);
}

template <typename Driver>
typename CallWalk<Driver>::Told CallWalk<Driver>::tearDown(uint32_t index, size_t level, const CallEnding &how)
{
    Told told;
    bool keeps = false;
    const CallStrand::Doing doing = std::exchange(strand(index).doing, CallStrand::Doing::Nothing);
    if (doing == CallStrand::Doing::Sent) {
        const CallStrand &sent = strand(index);
        told = m_driver.tellOver(index, [&] {
            return AttemptOver{sent.attempt, how, m_now - sent.since, true, std::nullopt};
        });
        keeps = m_driver.stop(index);
    } else if (doing == CallStrand::Doing::FallingBack) {
        keeps = m_driver.stop(index);
    } else if (doing == CallStrand::Doing::Hedging) {
        told = tearDownHedge(std::get<HedgeRunning>(stateAt(index, strand(index).level)).index, how);
    }
    std::vector<KeptPermit> kept;
    for (size_t inner = m_call.nest.size(); inner-- > level;) {
        LayerState &state = stateAt(index, inner);
        const bool permit = std::holds_alternative<GatePassed>(state) || std::holds_alternative<SlotTaken>(state);
        if (permit && keeps)
            kept.push_back({m_call.nest[inner], std::exchange(state, LayerState{})});
        else
            giveBack(m_call.nest[inner], state, Outcome::Cancelled, {});
    }
    if (keeps)
        m_driver.keep(index, std::move(kept));
    return told;
}

template <typename Driver> void CallWalk<Driver>::cancel()
{
    if (m_call.done())
        return;
    tearDown(0, 0, cancelledEnding());
    m_call.ending = cancelledEnding();
}

template <typename Driver> void CallWalk<Driver>::wake(uint32_t index, uint32_t level)
{
    if (level == kCallersDeadline || std::holds_alternative<LimitRunning>(stateAt(index, level))) {
        cutOff({m_now, index, level});
        return;
    }
    const PolicyLayer &layer = m_call.nest[level];
    CallStrand &waiting = strand(index);
    if (std::holds_alternative<SlotTaken>(stateAt(index, level))) { // its bulkhead tells what comes of it
        m_driver.expireWaiters(layer, m_now);
    } else if (const auto *hedging = std::get_if<HedgeRunning>(&stateAt(index, level))) {
        const uint32_t hedge = hedging->index;
        obey(hedge, m_driver.hedgeDue(layer, m_call.hedges[hedge].call, m_now), false, {});
    } else {
        waiting.doing = CallStrand::Doing::Nothing;
        if (roleOf(layer.kind) == PolicyRole::Retry) {
            waiting.number = ++m_call.begun;
        } else {
            m_driver.tell(index, [&] { return WaitEnded{layer.kind, m_now - waiting.since}; });
            m_driver.passed(layer);
        }
        inwards(index, level + 1);
    }
}

template <typename Driver> bool CallWalk<Driver>::isDue(const CallState &call, uint32_t index, uint32_t level, Time at)
{
    if (call.done())
        return false;
    if (level == kCallersDeadline)
        return call.deadline.end() == at;
    if (index >= call.strands.size() || !call.strands[index].used || level < call.strands[index].from)
        return false;
    const CallStrand &strand = call.strands[index];
    const LayerState &state = strand.layers[level - strand.from];
    if (const auto *limit = std::get_if<LimitRunning>(&state))
        return limit->end == at;
    if (const auto *hedging = std::get_if<HedgeRunning>(&state))
        return call.hedges[hedging->index].due == at;
    return strand.doing == CallStrand::Doing::Waiting && strand.level == level && strand.until == at;
}

template <typename Driver>
bool CallWalk<Driver>::waitsFor(const CallState &call, uint32_t index, uint32_t slot, Ticket ticket)
{
    if (call.done() || index >= call.strands.size())
        return false;
    const CallStrand &strand = call.strands[index];
    if (!strand.used || strand.doing != CallStrand::Doing::Waiting || call.nest[strand.level].slot != slot)
        return false;
    const auto *taken = std::get_if<SlotTaken>(&strand.layers[strand.level - strand.from]);
    return taken && taken->ticket == ticket;
}

/// The outermost of those that end first.
template <typename Driver>
typename CallWalk<Driver>::Due CallWalk<Driver>::earliestLimit(const CallState &call, uint32_t index)
{
    Due first;
    for (uint32_t i = index; i != kNoStrand; i = call.strands[i].parent) {
        const CallStrand &strand = call.strands[i];
        for (size_t at = strand.layers.size(); at-- > 0;)
            if (const auto *limit = std::get_if<LimitRunning>(&strand.layers[at]); limit && limit->end <= first.at)
                first = {limit->end, i, static_cast<uint32_t>(strand.from + at)};
    }
    if (!call.deadline.isNone() && call.deadline.end() <= first.at)
        first = {call.deadline.end(), 0, kCallersDeadline};
    return first;
}

template <typename Driver> Deadline CallWalk<Driver>::limitOf(const CallState &call, uint32_t index)
{
    const Time end = earliestLimit(call, index).at;
    return end == kTimeMax && call.deadline.isNone() ? Deadline::none() : Deadline::at(end);
}

/// Of what comes at the same moment: the caller's deadline, then what lies further out.
template <typename Driver> typename CallWalk<Driver>::Due CallWalk<Driver>::earliest(const CallState &call)
{
    Due first;
    const auto consider = [&first](Time at, uint32_t strand, size_t level) {
        if (at < first.at || (at == first.at && first.level != kCallersDeadline && level < first.level))
            first = {at, strand, static_cast<uint32_t>(level)};
    };
    first.at = call.deadline.end();
    for (uint32_t i = 0; i < call.strands.size(); ++i) {
        const CallStrand &strand = call.strands[i];
        if (!strand.used)
            continue;
        for (size_t at = 0; at < strand.layers.size(); ++at) {
            const LayerState &state = strand.layers[at];
            if (const auto *limit = std::get_if<LimitRunning>(&state))
                consider(limit->end, i, strand.from + at);
            else if (const auto *hedging = std::get_if<HedgeRunning>(&state))
                consider(call.hedges[hedging->index].due.value_or(kTimeMax), i, strand.from + at);
        }
        if (strand.doing == CallStrand::Doing::Waiting)
            consider(strand.until, i, strand.level);
    }
    return first;
}

template <typename Driver> std::optional<Time> CallWalk<Driver>::nextWake(const CallState &call)
{
    const Due first = earliest(call);
    return call.done() || first.at == kTimeMax ? std::nullopt : std::optional{first.at};
}

template <typename Driver> bool CallWalk<Driver>::wakeNext()
{
    const Due first = earliest(m_call);
    if (m_call.done() || first.at == kTimeMax || first.at > m_now)
        return false;
    wake(first.strand, first.level);
    return true;
}

} // namespace resilience
