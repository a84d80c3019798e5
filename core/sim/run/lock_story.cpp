// SPDX-License-Identifier: MIT
#include "core/sim/run/lock_story.h"

#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"

#include <algorithm>

namespace resilience::sim {

namespace {

class Teller {
public:
    explicit Teller(const Timeline &timeline)
        : m_room(timeline.world().lock()), m_checks(timeline.scenario().lock.checksBeforeWriting),
          m_checksKnob(knobNamed("checks_before_writing"))
    {
        m_story.holders.resize(m_room.holders().size());
    }

    void add(const Event &event)
    {
        if (const auto *turned = event.as<KnobTurned>()) {
            if (m_checksKnob && turned->knob == *m_checksKnob)
                m_checks = turned->value != 0;
        } else if (const auto *set = event.as<FaultSet>()) {
            if (HolderStory *holder = atComponent(event.service); holder && set->kind == FaultKind::Pause)
                beginPause(*holder, event);
        } else if (const auto *cleared = event.as<FaultCleared>()) {
            if (HolderStory *holder = atComponent(event.service); holder && cleared->kind == FaultKind::Pause)
                endPause(*holder, event.at);
        } else if (event.as<LockDecided>()) {
            decide(event);
        } else if (const auto *asked = event.as<LockAsked>()) {
            // Who gives back, or asks anew, has let go. What goes out without a round only tidies up after a lost one,
            // and who does not look at its clock works on all the same.
            if (asked->kind == LockRequest::Kind::Release && asked->round != 0)
                letGo(event.client, event.at);
            else if (asked->kind == LockRequest::Kind::Acquire)
                letGo(event.client, event.at - m_room.holders()[event.client].config.rest);
        } else if (const auto *over = event.as<LeaseOver>()) {
            if (over->known)
                letGo(event.client, event.at);
        } else if (event.as<WriteHeldBack>()) {
            letGo(event.client, event.at);
        } else if (const auto *write = event.as<WriteTried>()) {
            m_story.writes.push_back(
                {{event.number, event.at, event.client, write->token, write->accepted, write->stale}, m_largest});
            if (write->accepted)
                m_largest = std::max(m_largest, write->token);
        }
    }

    // What the log does not say is when somebody rests who was told in the middle of its work that the lease is gone.
    LockStory told(const Journal &journal, Time now)
    {
        for (uint32_t i = 0; i < m_story.holders.size(); ++i) {
            const LockHolder &holder = m_room.holders()[i];
            if (!holder.believes())
                letGo(i, holder.since);
            auto &pauses = m_story.holders[i].pauses;
            if (!pauses.empty() && !pauses.back().to)
                pauses.back().planned = plannedEnd(journal, m_room.componentOfHolder(i), now);
        }
        return std::move(m_story);
    }
    void beginAt(Time from) { m_story.from = from; }

private:
    HolderStory *atComponent(uint32_t component)
    {
        const uint32_t first = m_room.componentOfHolder(0);
        return component >= first && component - first < m_story.holders.size() ? &m_story.holders[component - first]
                                                                                : nullptr;
    }
    static void beginPause(HolderStory &holder, const Event &event)
    {
        if (holder.pauses.empty() || holder.pauses.back().to)
            holder.pauses.push_back({.event = event.number, .from = event.at});
    }
    static void endPause(HolderStory &holder, Time at)
    {
        if (!holder.pauses.empty() && !holder.pauses.back().to)
            holder.pauses.back().to = at;
    }
    LockLease *open(uint32_t holder)
    {
        auto &leases = m_story.holders[holder].leases;
        return leases.empty() || leases.back().trustedUntil ? nullptr : &leases.back();
    }
    void letGo(uint32_t holder, Time at)
    {
        if (LockLease *lease = open(holder))
            lease->trustedUntil = std::max(at, lease->from);
    }
    void decide(const Event &event)
    {
        const auto &decided = *event.as<LockDecided>();
        HolderStory &holder = m_story.holders[event.client];
        const Time until = saturatingAdd(event.at, decided.validity.value_or(Duration{}));
        switch (decided.outcome) {
        case LockOutcome::Acquired:
            holder.leases.push_back({event.number, event.at, until, std::nullopt, decided.token});
            break;
        case LockOutcome::Extended:
            if (LockLease *lease = open(event.client))
                lease->until = until;
            else // it had given it up for lost already
                holder.leases.push_back({event.number, event.at, until, std::nullopt,
                                         holder.leases.empty() ? 0 : holder.leases.back().token});
            break;
        case LockOutcome::NotAcquired:
            holder.refusals.push_back({event.number, event.at, decided.votes});
            break;
        case LockOutcome::Lost:
            if (m_checks)
                letGo(event.client, event.at);
            break;
        default:
            break;
        }
    }
    static std::optional<Time> plannedEnd(const Journal &journal, uint32_t component, Time now)
    {
        for (const JournalEntry &entry : journal.entries())
            if (const auto *clear = std::get_if<ClearFault>(&entry.what);
                clear && clear->target == component && clear->kind == FaultKind::Pause && entry.at >= now)
                return entry.at;
        return std::nullopt;
    }

    LockStory m_story;
    const LockSimulation &m_room;
    bool m_checks;
    std::optional<uint32_t> m_checksKnob;
    uint64_t m_largest = 0;
};

} // namespace

LockStory lockStoryOf(const Timeline &timeline)
{
    if (timeline.world().lock().holders().empty())
        return {};
    const EventLog &log = timeline.history().log();
    const uint64_t last = timeline.lastEvent();
    const uint64_t first =
        std::max(log.firstNumber(), last > LockStory::kEvents ? last - LockStory::kEvents : uint64_t{1});
    Teller teller(timeline);
    if (const Event *event = log.numbered(first); first > 1 && event)
        teller.beginAt(event->at);
    for (uint64_t number = first; number <= last; ++number)
        if (const Event *event = log.numbered(number))
            teller.add(*event);
    return teller.told(timeline.journal(), timeline.now());
}

} // namespace resilience::sim
