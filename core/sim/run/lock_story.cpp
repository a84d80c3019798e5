// SPDX-License-Identifier: MIT
#include "core/sim/run/lock_story.h"

#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"

#include <algorithm>

namespace resilience::sim {

namespace {

void beginPause(HolderStory &holder, const Event &event)
{
    if (holder.pauses.empty() || holder.pauses.back().to)
        holder.pauses.push_back({.event = event.number, .from = event.at});
}

void endPause(HolderStory &holder, Time at)
{
    if (!holder.pauses.empty() && !holder.pauses.back().to)
        holder.pauses.back().to = at;
}

std::optional<Time> plannedEnd(const Journal &journal, std::optional<uint32_t> component, Time now)
{
    for (const JournalEntry &entry : journal.entries())
        if (const auto *clear = std::get_if<ClearFault>(&entry.what);
            clear && clear->target == component && clear->kind == FaultKind::Pause && entry.at >= now)
            return entry.at;
    return std::nullopt;
}

LockLease *openLease(HolderStory &holder)
{
    auto &leases = holder.leases;
    return leases.empty() || leases.back().trustedUntil ? nullptr : &leases.back();
}

void letGoOf(HolderStory &holder, Time at)
{
    if (LockLease *lease = openLease(holder))
        lease->trustedUntil = std::max(at, lease->from);
}

// Number of the event that the story begins with.
uint64_t firstOf(const EventLog &log, uint64_t last)
{
    const uint64_t over = last > LockStory::kEvents ? last - LockStory::kEvents : 0;
    const uint64_t steps = (over + LockStory::kStep - 1) / LockStory::kStep;
    return std::max({log.firstNumber(), steps * LockStory::kStep, uint64_t{1}});
}

} // namespace

HolderStory *LockStoryReader::holderOf(const Subject &subject)
{
    return subject.kind == Subject::Kind::LockHolder ? &m_story.holders[subject.index] : nullptr;
}

void LockStoryReader::letGo(uint32_t holder, Time at) { letGoOf(m_story.holders[holder], at); }

void LockStoryReader::add(const Event &event, const LockSimulation &lock)
{
    if (const auto *turned = event.as<KnobTurned>()) {
        if (const auto knob = knobNamed("checks_before_writing"); knob && turned->knob == *knob)
            m_checks = turned->value != 0;
    } else if (const auto *set = event.as<FaultSet>()) {
        if (HolderStory *holder = holderOf(event.target); holder && set->kind == FaultKind::Pause)
            beginPause(*holder, event);
    } else if (const auto *cleared = event.as<FaultCleared>()) {
        if (HolderStory *holder = holderOf(event.target); holder && cleared->kind == FaultKind::Pause)
            endPause(*holder, event.at);
    } else if (event.as<LockDecided>()) {
        decide(event);
    } else if (const auto *asked = event.as<LockAsked>()) {
        // Who gives back, or asks anew, has let go. What goes out without a round only tidies up after a lost one,
        // and who does not look at its clock works on all the same.
        if (asked->kind == LockRequest::Kind::Release && asked->round != 0)
            letGo(event.actor.index, event.at);
        else if (asked->kind == LockRequest::Kind::Acquire)
            letGo(event.actor.index, event.at - lock.holders()[event.actor.index].config.rest);
    } else if (const auto *over = event.as<LeaseOver>()) {
        if (over->known)
            letGo(event.actor.index, event.at);
    } else if (event.as<WriteHeldBack>()) {
        letGo(event.actor.index, event.at);
    } else if (const auto *write = event.as<WriteTried>()) {
        m_story.writes.push_back(
            {{event.number, event.at, event.actor.index, write->token, write->accepted, write->stale}, m_largest});
        if (write->accepted)
            m_largest = std::max(m_largest, write->token);
    }
}

void LockStoryReader::decide(const Event &event)
{
    const auto &decided = *event.as<LockDecided>();
    HolderStory &holder = m_story.holders[event.actor.index];
    const Time until = saturatingAdd(event.at, decided.validity.value_or(Duration{}));
    switch (decided.outcome) {
    case LockOutcome::Acquired:
        holder.leases.push_back({event.number, event.at, until, std::nullopt, decided.token});
        break;
    case LockOutcome::Extended:
        if (LockLease *lease = openLease(holder))
            lease->until = until;
        else // it had given it up for lost already
            holder.leases.push_back(
                {event.number, event.at, until, std::nullopt, holder.leases.empty() ? 0 : holder.leases.back().token});
        break;
    case LockOutcome::NotAcquired:
        holder.refusals.push_back({event.number, event.at, decided.votes});
        break;
    case LockOutcome::Lost:
        if (m_checks)
            letGo(event.actor.index, event.at);
        break;
    default:
        break;
    }
}

void LockStoryReader::begin(const Timeline &timeline, uint64_t first)
{
    m_story = {};
    m_story.holders.resize(timeline.world().lock().holders().size());
    if (const Event *event = timeline.history().log().numbered(first); first > 1 && event)
        m_story.from = event->at;
    m_first = first;
    m_checks = timeline.scenario().lock.checksBeforeWriting;
    m_largest = 0;
}

LockStory LockStoryReader::read(const Timeline &timeline)
{
    const LockSimulation &lock = timeline.world().lock();
    if (lock.holders().empty())
        return {};
    const EventLog &log = timeline.history().log();
    const uint64_t first = firstOf(log, timeline.lastEvent());
    const bool goesOn = m_place.leadsTo(timeline) && m_first == first;
    if (!goesOn)
        begin(timeline, first);
    for (uint64_t number = goesOn ? m_place.last() + 1 : first; number <= timeline.lastEvent(); ++number)
        if (const Event *event = log.numbered(number))
            add(*event, lock);
    m_place.moveTo(timeline);

    // What the log does not say is when somebody rests who was told in the middle of its work that the lease is gone.
    LockStory told = m_story;
    for (uint32_t i = 0; i < told.holders.size(); ++i) {
        const LockHolder &holder = lock.holders()[i];
        if (!holder.believes())
            letGoOf(told.holders[i], holder.since);
        auto &pauses = told.holders[i].pauses;
        if (!pauses.empty() && !pauses.back().to)
            pauses.back().planned = plannedEnd(
                timeline.journal(), placeOf(Subject::lockHolder(i), timeline.world().components()), timeline.now());
    }
    return told;
}

LockStory lockStoryOf(const Timeline &timeline) { return LockStoryReader().read(timeline); }

} // namespace resilience::sim
