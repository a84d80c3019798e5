// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/scenario.h"
#include "core/sim/measure/event_log.h"
#include "core/sim/measure/level_series.h"
#include "core/sim/measure/outcome_series.h"
#include "core/sim/measure/sides.h"
#include "core/sim/world/world.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

// What a run has left behind, up to the furthest moment it was played to: everything charts, lanes and the log draw.
// All of it is bounded, however long the run.
namespace resilience::sim {

struct StateSpan { // until the next span's `from`
    Time from;
    BreakerState state = BreakerState::Closed;
    bool operator==(const StateSpan &) const = default;
};
struct FaultSpan {
    Subject target{};
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
    KnobTarget target{};
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
    /// What is kept: everything there is to draw, or, for runs that nobody looks at, no levels.
    enum class Keeps : uint8_t { All, Events };

    /// Where it stood after a turn, so that it can be cut back to there.
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

    /// `world` = the start of the run.
    History(const Scenario &scenario, const World &world, Keeps keeps = Keeps::All);
    void add(const Event &event);
    /// Around each turn: before it, time goes on to its moment; after it. Then, wherever play halts.
    void passTo(Time t, const World &world) { m_levels.passTo(t, world); }
    void sample(const World &world);
    void reach(const World &world) { m_levels.reach(world); }

    Mark mark() const;
    /// Forgets all that came after the mark, as if the run had never been played further. False, and nothing changed,
    /// when too much has been forgotten or put together since.
    bool cutBack(const Mark &mark);

    const EventLog &log() const { return m_log; }
    /// Of all clients together. Cut where the breaker changes its state, if there is one breaker.
    const OutcomeSeries &outcomes() const { return m_outcomes; }
    /// What is compared, if anything is, and the outcomes of each. Cut where that side's breaker changes its state.
    const std::vector<Side> &sides() const { return m_sides; }
    const OutcomeSeries &outcomesOf(size_t side) const { return m_outcomesOf[side]; }
    const LevelSeries &levels() const { return m_levels; }
    /// Of one pipeline's breaker; begins at time zero. Disabled also while it is not among the policies in use.
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
