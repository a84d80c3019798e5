// SPDX-License-Identifier: MIT
#pragma once

#include "core/duration_histogram.h"
#include "core/sim/engine/event.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <vector>

namespace resilience::sim {

/// What came, went out and ended in one stretch of time. "Originals" are the calls of clients, not those that services
/// make for them.
struct OutcomeCounts {
    std::array<uint32_t, kOutcomeCount> ended{}; // originals
    uint32_t offered = 0; // originals
    uint32_t sent = 0; // attempts of originals
    uint32_t arrived = 0; // attempts of originals that reached a service
    uint32_t arrivedAgain = 0; // ... of these, those that were not the first of their call
    uint32_t fellBack = 0; // originals that a fallback answered
    uint32_t forNobody = 0; // answers of services to attempts of originals whose clients had given up on them
    uint32_t timed = 0; // ended originals that were sent to the service, so that they have a duration
    int64_t durationSum = 0; // ns, of the timed ones
    int64_t durationMax = 0; // ns, likewise

    /// All plain counts: add() counts them, merge() and subtract() follow from the list.
    static constexpr auto counts()
    {
        return std::array{&OutcomeCounts::offered,      &OutcomeCounts::sent,     &OutcomeCounts::arrived,
                          &OutcomeCounts::arrivedAgain, &OutcomeCounts::fellBack, &OutcomeCounts::forNobody,
                          &OutcomeCounts::timed};
    }

    uint32_t of(RequestOutcome outcome) const { return ended[static_cast<size_t>(outcome)]; }
    uint32_t notSucceeded() const;
    /// What `event` adds. False when it counts for nothing here.
    bool add(const Event &event);
    void merge(const OutcomeCounts &other);
    /// Takes `part` out again, which must lie in it. The longest duration stays.
    void subtract(const OutcomeCounts &part);
    bool operator==(const OutcomeCounts &) const = default;
};

/// Outcomes over time in bins of equal, round width (1, 2 or 5 x 10^n). They get wider whenever there would be more
/// than kMaxBins, so that neither memory nor a chart's cost grows with the length of the run.
class OutcomeSeries {
public:
    static constexpr size_t kMaxBins = 8192;
    static constexpr size_t kMaxCuts = 2048;

    /// Where a bin is divided: what happened in it until then, in the order of the log, and what happened after.
    struct Cut {
        Time at{};
        uint64_t event = 0; // number of the first one after
        OutcomeCounts before{}; // in its bin
        bool operator==(const Cut &) const = default;
    };
    enum class Durations : uint8_t { Dropped, Kept };

    explicit OutcomeSeries(Duration binWidth = std::chrono::milliseconds{100}, Durations kept = Durations::Kept)
        : m_width(binWidth), m_keeps(kept)
    {
    }
    void add(const Event &event);
    /// What comes from `event` on belongs to another state of things, and never into one bar with what came before.
    /// The oldest cuts are forgotten when there are more than kMaxCuts.
    void cut(Time at, uint64_t event);

    /// Where it stands, so that it can be cut back to there; not when it has forgotten or put together something since.
    struct Mark {
        Duration width{};
        size_t bins = 0;
        OutcomeCounts lastBin{};
        DurationHistogram lastDurations{};
        size_t cuts = 0;
        Cut lastCut{};
        uint64_t forgotten = 0;
    };
    Mark mark() const;
    bool canCutBack(const Mark &mark) const { return mark.width == m_width && mark.forgotten == m_forgotten; }
    void cutBack(const Mark &mark);

    Duration binWidth() const { return m_width; }
    /// Bin i covers [i, i + 1) x binWidth() since the start.
    const std::vector<OutcomeCounts> &bins() const { return m_bins; }
    /// Of the timed ones, one for each bin; empty where they are not kept.
    const std::vector<DurationHistogram> &durations() const { return m_durations; }
    const std::vector<Cut> &cuts() const { return m_cuts; } // ascending

    bool operator==(const OutcomeSeries &) const = default;

private:
    size_t binOf(Time t) const { return static_cast<size_t>(t.time_since_epoch() / m_width); }
    size_t reach(Time t);
    void widen();

    Duration m_width;
    Durations m_keeps;
    std::vector<OutcomeCounts> m_bins;
    std::vector<DurationHistogram> m_durations;
    std::vector<Cut> m_cuts;
    uint64_t m_forgotten = 0; // how often cuts were
};

} // namespace resilience::sim
