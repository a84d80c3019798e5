// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/measure/history.h"
#include "core/sim/measure/milestones.h"
#include "core/sim/world/world.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace resilience::sim {

/// A place in a run: the world, and how far the journal has been followed. A turn is one pending event or one journal
/// entry.
struct Moment {
    World world;
    Milestones milestones;
    size_t journalDone = 0;
    uint64_t turns = 0;
    uint64_t decisionTurns = 0; // turns that contained a decision
    uint64_t lastEvent = 0; // number of the last event so far
    bool operator==(const Moment &) const = default;
};

/// A run that can be played, stepped, scrubbed, changed and forked. It holds the scenario, the seed and the journal
/// (which are the run), the present moment, checkpoints of earlier ones, and the history up to the furthest moment
/// played. A value: a copy is a fork, and nothing done to the copy shows in the original (checkpoints are shared, and
/// never changed).
class Timeline {
public:
    /// Starts at time zero with the scenario's own script as the journal. Throws InvalidConfig.
    explicit Timeline(std::shared_ptr<const Scenario> scenario);
    /// With Keeps::Events for a run that is only played forward and not looked at: it keeps no levels and no
    /// checkpoints, so that going back plays from the start.
    Timeline(std::shared_ptr<const Scenario> scenario, uint64_t seed, Journal journal,
             History::Keeps keeps = History::Keeps::All);

    const Scenario &scenario() const { return *m_scenario; }
    std::shared_ptr<const Scenario> sharedScenario() const { return m_scenario; }
    uint64_t seed() const { return m_seed; }
    const Journal &journal() const { return m_journal; }
    const World &world() const { return m_present.world; }
    Time now() const { return m_present.world.now(); }
    const History &history() const { return m_history; }
    /// What the run has come to by now.
    const Milestones &milestones() const { return m_present.milestones; }
    Time frontier() const { return m_frontier; } // the furthest moment played; history ends here
    /// The number of the last event that has happened at the present moment; later ones in history lie ahead.
    uint64_t lastEvent() const { return m_present.lastEvent; }
    /// One for each journal that a run has had; a copy has the same until something is done to either. Where it is the
    /// same, events with the same number are the same ones: readers of the log can go on where they stopped.
    struct Branch {};
    const std::shared_ptr<const Branch> &branch() const { return m_branch; }

    /// When the next thing happens, be it a pending event or a journal entry. None: nothing ever will.
    std::optional<Time> nextTime() const;
    /// The next pending event, unless a journal entry comes first.
    std::optional<Upcoming> upcoming() const;

    /// Plays to `t`, but takes at most `maxTurns`, so that a frame stays bounded. True once there: everything at or
    /// before t has happened. A `t` in the past goes back to it.
    bool runTo(Time t, uint64_t maxTurns = UINT64_MAX);
    /// One turn; false when none is left at or before `limit`.
    bool stepEvent(Time limit = kTimeMax);
    /// Up to and including the next turn that contains a decision (see isDecision).
    bool stepDecision(Time limit = kTimeMax);
    /// Takes the last turn back, or everything since the last-but-one decision. False at the start.
    bool stepEventBack();
    bool stepDecisionBack();
    /// Plays until an event satisfies `stop`, and halts right after its turn. False, and at `limit`, when none does.
    bool runUntil(const std::function<bool(const Event &)> &stop, Time limit);

    /// Does something now. What people had done later is dropped: it belonged to another future. The scenario's own
    /// script goes on. Refused, with the reason and nothing changed, when the setting is invalid.
    std::optional<ConfigError> intervene(const Intervention &what);
    /// The first journal entry that was refused when its time came, if one was: a journal from outside can ask for
    /// settings that do not fit together.
    struct Refusal {
        JournalEntry entry;
        ConfigError error;
        bool operator==(const Refusal &) const = default;
    };
    const std::optional<Refusal> &refusal() const { return m_refusal; }

    /// How many turns have been taken in all, those on the way back to an earlier moment included: what all that was
    /// done with the run has cost.
    uint64_t turnsTaken() const { return m_turnsTaken; }

    /// The world as it was right before the event with this number.
    World worldBefore(uint64_t eventNumber) const;

private:
    bool journalIsNext(const Moment &moment) const;
    std::optional<Time> nextTime(const Moment &moment) const;
    std::optional<Refusal> takeTurn(Moment &moment, std::vector<Event> &events) const;
    void advance();
    void idleTo(Time t);
    void saveCheckpoint();
    template <typename IsBefore> size_t lastCheckpoint(IsBefore isBefore) const;
    template <typename IsBefore> void goBackTo(IsBefore isBefore);
    void replay(size_t kept, Time now, uint64_t order);

    std::shared_ptr<const Scenario> m_scenario;
    uint64_t m_seed;
    History::Keeps m_keeps;
    Journal m_journal;
    std::shared_ptr<const Branch> m_branch = std::make_shared<const Branch>();
    Moment m_present;
    Time m_frontier = kTimeZero;
    uint64_t m_turnsPlayed = 0; // the furthest; history was told of so many
    History m_history;
    struct Checkpoint {
        Moment moment;
        History::Mark mark;
        size_t bytes = 0; // about, of what grows with the calls under way
    };
    bool hasTooManyCheckpoints() const;
    std::vector<std::shared_ptr<const Checkpoint>> m_checkpoints; // ascending; the first is the start
    uint64_t m_checkpointEvery; // turns
    std::optional<Refusal> m_refusal;
    std::vector<Event> m_lastTurn; // what the latest turn caused
    uint64_t m_turnsTaken = 0;
};

} // namespace resilience::sim
