// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/event.h"
#include "core/sim/level_series.h"
#include "core/sim/outcome_series.h"
#include "core/sim/scenario.h"
#include "core/sim/sides.h"
#include "core/sim/world.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

// What a run has left behind, up to the furthest moment it was played to: everything charts, lanes and the log draw.
// All of it is bounded, however long the run.
namespace resilience::sim {

// The latest events, by their number. Older ones are forgotten once there are more than kCapacity.
class EventLog {
public:
    static constexpr size_t kCapacity = 200'000;
    // Kept beyond that, and not shown, so that the log can be cut back and still be full.
    static constexpr size_t kReserve = 25'000;

    void add(const Event &event);
    // Forgets what came after the event with this number. False, and nothing changed, when the log would then show
    // fewer events than it would have shown at that time.
    bool cutBack(uint64_t number);
    size_t size() const { return std::min(m_events.size(), kCapacity); }
    bool empty() const { return m_events.empty(); }
    uint64_t firstNumber() const { return lastNumber() + 1 - size(); }
    uint64_t lastNumber() const { return m_events.empty() ? 0 : m_events.back().number; }
    // None when it was forgotten or has not happened.
    const Event *numbered(uint64_t number) const;
    // The number of the last event at or before t; 0 when there is none left.
    uint64_t lastNumberUntil(Time t) const;

    bool operator==(const EventLog &other) const; // of what is shown

private:
    std::deque<Event> m_events;
};

struct StateSpan { // until the next span's `from`
    Time from;
    BreakerState state = BreakerState::Closed;
    bool operator==(const StateSpan &) const = default;
};
struct FaultSpan {
    uint32_t service = 0;
    FaultKind kind = FaultKind::Outage;
    double value = 1.0;
    Time from;
    std::optional<Time> to; // none: still on
    bool operator==(const FaultSpan &) const = default;
};
struct KnobMark {
    Time at;
    uint32_t knob = 0;
    double value = 0;
    bool operator==(const KnobMark &) const = default;
};

class History {
    struct Breaker {
        BreakerState state = BreakerState::Closed;
        bool inUse = true;
        bool operator==(const Breaker &) const = default;
    };

public:
    static constexpr size_t kMaxSpans = 20'000;

    // Where it stood after a turn, so that it can be cut back to there.
    struct Mark {
        uint64_t lastEvent = 0;
        OutcomeSeries::Mark outcomes{};
        std::vector<OutcomeSeries::Mark> outcomesOf{};
        LevelSeries levels{}; // which shares what it holds
        uint64_t thinned = 0;
        std::vector<Breaker> breakers{};
        std::vector<size_t> states{}; // how many spans of each pipeline
        size_t faults = 0;
        std::vector<size_t> openFaults{}; // indices
        size_t knobMarks = 0;
    };

    // `world` = the start of the run.
    History(const Scenario &scenario, const World &world);
    void add(const Event &event);
    // Around each turn: before it, time goes on to its moment; after it. Then, wherever play halts.
    void passTo(Time t, const World &world) { m_levels.passTo(t, world); }
    void sample(const World &world);
    void reach(const World &world) { m_levels.reach(world); }

    Mark mark() const;
    // Forgets all that came after the mark, as if the run had never been played further. False, and nothing changed,
    // when too much has been forgotten or put together since.
    bool cutBack(const Mark &mark);

    const EventLog &log() const { return m_log; }
    // Of all clients together. Cut where the breaker changes its state, if there is one breaker.
    const OutcomeSeries &outcomes() const { return m_outcomes; }
    // What is compared, if anything is, and the outcomes of each. Cut where that side's breaker changes its state.
    const std::vector<Side> &sides() const { return m_sides; }
    const OutcomeSeries &outcomesOf(size_t side) const { return m_outcomesOf[side]; }
    const LevelSeries &levels() const { return m_levels; }
    // Of one pipeline's breaker; begins at time zero. Disabled also while it is not among the policies in use.
    const std::vector<StateSpan> &states(uint32_t pipeline) const { return m_states[pipeline]; }
    const std::vector<FaultSpan> &faults() const { return m_faults; }
    const std::vector<KnobMark> &knobMarks() const { return m_knobMarks; }

    bool operator==(const History &) const = default;

private:
    EventLog m_log;
    OutcomeSeries m_outcomes;
    std::vector<Side> m_sides;
    std::vector<OutcomeSeries> m_outcomesOf; // each side
    LevelSeries m_levels;
    void showState(uint32_t pipeline, Time at, uint64_t event);

    std::vector<Breaker> m_breakers; // of each pipeline, as they are now
    std::vector<std::optional<size_t>> m_sideOf; // of each client
    std::vector<std::vector<size_t>> m_sidesThrough; // each pipeline
    bool m_oneBreaker = false; // that is known to the run
    std::vector<std::vector<StateSpan>> m_states;
    std::vector<FaultSpan> m_faults;
    std::vector<KnobMark> m_knobMarks;
    uint64_t m_thinned = 0; // how often the older half of a list was dropped
};

} // namespace resilience::sim
