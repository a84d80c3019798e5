// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_walk.h"

// CallWalk's attempts side by side.
namespace resilience {

/// Its attempts are strands of their own; where the operation may not be repeated, all is as if there were no hedging.
template <typename Driver> bool CallWalk<Driver>::enterHedging(uint32_t index, size_t level)
{
    const PolicyLayer layer = m_call.nest[level];
    const HedgedCall begun =
        m_driver.beginHedge(layer, static_cast<uint32_t>(level), m_now, m_call.operation, limitOf(m_call, index));
    if (!m_driver.mayHedge(layer, m_call.operation))
        return true;
    m_driver.passed(layer);
    uint32_t place = 0;
    while (place < m_call.hedges.size() && m_call.hedges[place].serial != 0)
        ++place;
    if (place == m_call.hedges.size())
        m_call.hedges.emplace_back();
    m_call.hedges[place] = {
        .serial = ++m_call.lastHedge, .strand = index, .level = static_cast<uint32_t>(level), .call = begun, .due = {}};
    stateAt(index, level) = HedgeRunning{place};
    strand(index).doing = CallStrand::Doing::Hedging;
    strand(index).level = static_cast<uint32_t>(level);
    strand(index).since = m_now;
    HedgingVerdict verdict;
    verdict.start.add(1);
    obey(place, verdict, false, {});
    return false;
}

template <typename Driver> void CallWalk<Driver>::spawn(uint32_t hedge, uint32_t number)
{
    const uint32_t parent = m_call.hedges[hedge].strand;
    const uint32_t level = m_call.hedges[hedge].level;
    const uint32_t child = newStrand(parent, number, level + 1);
    strand(child).number = number == 1 ? strand(parent).number : ++m_call.begun;
    inwards(child, level + 1);
}

template <typename Driver> void CallWalk<Driver>::free(uint32_t index) { m_call.strands[index] = {}; }

template <typename Driver> void CallWalk<Driver>::childEnded(uint32_t index, const CallEnding &ending, const Told &told)
{
    const uint32_t parent = strand(index).parent;
    const uint32_t number = strand(index).hedge;
    const uint32_t level = strand(index).from - 1;
    free(index);
    const uint32_t place = std::get<HedgeRunning>(stateAt(parent, level)).index;
    CallHedge &hedge = m_call.hedges[place];
    hedge.endings[number - 1] = ending;
    const uint32_t before = hedge.call.answer;
    const HedgingVerdict verdict = m_driver.judgeHedge(m_call.nest[level], hedge.call, number, ending, m_now);
    // Of those that failed one is kept, in case that nobody wins.
    for (const uint32_t passedOver : {before, number})
        if (passedOver != 0 && passedOver != hedge.call.answer && passedOver != verdict.answer)
            m_driver.forget(hedge.endings[passedOver - 1].number);
    obey(place, verdict, true, told);
}

template <typename Driver>
void CallWalk<Driver>::obey(uint32_t place, const HedgingVerdict &verdict, bool afterFailure, const Told &told)
{
    const uint32_t parent = m_call.hedges[place].strand;
    const uint32_t level = m_call.hedges[place].level;
    for (AttemptSet cancel = verdict.cancel; !cancel.empty();) {
        const uint32_t number = cancel.takeFirst();
        for (uint32_t i = 0; i < m_call.strands.size(); ++i)
            if (strand(i).used && strand(i).parent == parent && strand(i).from == level + 1
                && strand(i).hedge == number) {
                tearDown(i, level + 1, cancelledEnding(PolicyKind::Hedging));
                free(i);
            }
    }
    if (verdict.isOver()) {
        CallEnding ending = verdict.answer == 0 ? cancelledEnding() : m_call.hedges[place].endings[verdict.answer - 1];
        m_call.hedges[place] = {};
        stateAt(parent, level).clear();
        strand(parent).doing = CallStrand::Doing::Nothing;
        outwards(parent, level, ending, told);
        return;
    }
    // One that begins may end at once, and the hedging with it.
    const uint32_t serial = m_call.hedges[place].serial;
    for (AttemptSet start = verdict.start; !start.empty();) {
        const uint32_t number = start.takeFirst();
        if (number > 1)
            m_driver.tell(parent, [&] { return AttemptHedged{number, afterFailure}; });
        spawn(place, number);
        if (m_call.hedges[place].serial != serial)
            return;
    }
    arm(place);
}

/// The next attempt may be due at once: without a delay all of them are.
template <typename Driver> void CallWalk<Driver>::arm(uint32_t place)
{
    CallHedge &hedge = m_call.hedges[place];
    const auto due = m_driver.nextHedge(m_call.nest[hedge.level], hedge.call);
    if (due && *due <= m_now) {
        obey(place, m_driver.hedgeDue(m_call.nest[hedge.level], hedge.call, m_now), false, {});
        return;
    }
    if (due && due != hedge.due)
        m_driver.wakeAt(*due, hedge.strand, hedge.level);
    hedge.due = due;
}

template <typename Driver> void CallWalk<Driver>::rearm()
{
    for (uint32_t place = 0; place < m_call.hedges.size(); ++place) {
        if (m_call.done() || m_call.hedges[place].serial == 0)
            continue;
        CallHedge &hedge = m_call.hedges[place];
        obey(place, m_driver.hedgeDue(m_call.nest[hedge.level], hedge.call, m_now), false, {});
    }
}

template <typename Driver>
typename CallWalk<Driver>::Told CallWalk<Driver>::tearDownHedge(uint32_t place, const CallEnding &how)
{
    const CallHedge hedge = std::exchange(m_call.hedges[place], CallHedge{});
    stateAt(hedge.strand, hedge.level).clear();
    Told told;
    for (uint32_t i = 0; i < m_call.strands.size(); ++i) {
        if (!strand(i).used || strand(i).parent != hedge.strand || strand(i).from != hedge.level + 1)
            continue;
        const Told one = tearDown(i, hedge.level + 1, how);
        free(i);
        if (!told)
            told = one;
    }
    return told;
}

} // namespace resilience
