// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/duration_histogram.h"
#include "core/sim/event.h"
#include "core/sim/scenario.h"
#include "core/sim/world.h"

#include <algorithm>
#include <array>
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

// What came, went out and ended in one stretch of time, and how long it took.
struct OutcomeBin {
    std::array<uint32_t, kOutcomeCount> ended{}; // originals
    uint32_t offered = 0; // originals
    uint32_t sent = 0; // attempts of originals
    uint32_t arrived = 0; // attempts of originals that reached a service
    uint32_t fellBack = 0; // originals that a fallback answered
    uint32_t timed = 0; // ended originals that were sent to the service, so that they have a duration
    int64_t durationSum = 0; // ns
    int64_t durationMax = 0; // ns
    DurationHistogram durations; // of the timed ones

    bool operator==(const OutcomeBin &) const = default;
};

// Outcomes over time in bins of equal width. The width doubles whenever there would be more than kMaxBins, so that
// neither memory nor a chart's cost grows with the length of the run.
class OutcomeSeries {
public:
    static constexpr size_t kMaxBins = 8192;

    explicit OutcomeSeries(Duration binWidth = std::chrono::milliseconds{100}) : m_width(binWidth) {}
    void add(const Event &event);
    // Back to the moment `now`, whose last event is that of the log. The width stays.
    void cutBack(Time now, const EventLog &log);
    Duration binWidth() const { return m_width; }
    // Bin i covers [i, i + 1) x binWidth() since the start.
    const std::vector<OutcomeBin> &bins() const { return m_bins; }

    bool operator==(const OutcomeSeries &) const = default;

private:
    Duration m_width;
    std::vector<OutcomeBin> m_bins;
};

// A quantity that stands at some height at any moment.
enum class GaugeKind : uint8_t { Permits, SlotsInUse, SlotsQueued, ServiceBusy, ServiceQueue, LockBelievers };
struct Gauge {
    GaugeKind kind = GaugeKind::Permits;
    uint32_t index = 0; // of the pipeline; of the service
    bool operator==(const Gauge &) const = default;
};
// Those a run has: permits of every limiter, slots and queue of every bulkhead, workers and queue of every service that
// has a limited number of workers, and how many believe to hold the lock.
std::vector<Gauge> gaugesOf(const World &world);
double read(const Gauge &gauge, const World &world);

// The gauges over time: for each stretch of time what they showed in it first. Bounded as OutcomeSeries.
class LevelSeries {
public:
    explicit LevelSeries(Duration binWidth = std::chrono::milliseconds{100}) : m_width(binWidth) {}
    // The world as it is now; moments come in order.
    void sample(const World &world);
    void cutBack(Time now); // to a moment at which it was sampled; the width stays
    Duration binWidth() const { return m_width; }
    const std::vector<Gauge> &gauges() const { return m_gauges; }
    // Of gauge `index`; value i is for [i, i + 1) x binWidth() since the start.
    const std::vector<float> &values(size_t index) const { return m_values[index]; }

    bool operator==(const LevelSeries &) const = default;

private:
    Duration m_width;
    std::vector<Gauge> m_gauges;
    std::vector<std::vector<float>> m_values;
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
        Time now;
        uint64_t lastEvent = 0;
        Duration outcomeWidth{};
        Duration levelWidth{};
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
    void sample(const World &world); // after each turn

    Mark mark(Time now) const;
    // Forgets all that came after the mark, as if the run had never been played further. False, and nothing changed,
    // when too much has been forgotten or put together since.
    bool cutBack(const Mark &mark);

    const EventLog &log() const { return m_log; }
    const OutcomeSeries &outcomes() const { return m_outcomes; }
    const LevelSeries &levels() const { return m_levels; }
    // Of one pipeline's breaker; begins at time zero. Disabled also while it is not among the policies in use.
    const std::vector<StateSpan> &states(uint32_t pipeline) const { return m_states[pipeline]; }
    const std::vector<FaultSpan> &faults() const { return m_faults; }
    const std::vector<KnobMark> &knobMarks() const { return m_knobMarks; }

    bool operator==(const History &) const = default;

private:
    EventLog m_log;
    OutcomeSeries m_outcomes;
    LevelSeries m_levels;
    void showState(uint32_t pipeline, Time at);

    std::vector<Breaker> m_breakers; // of each pipeline, as they are now
    std::vector<std::vector<StateSpan>> m_states;
    std::vector<FaultSpan> m_faults;
    std::vector<KnobMark> m_knobMarks;
    uint64_t m_thinned = 0; // how often the older half of a list was dropped
};

} // namespace resilience::sim
