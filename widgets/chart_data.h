// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/history.h"
#include "widgets/time_axis.h"

#include <QPointF>
#include <QString>

#include <array>
#include <optional>
#include <vector>

// From what a run has left behind to the curves of a chart. Pure, and bounded by the pixels of the chart: a run of ten
// minutes gives no more points than one of ten seconds.
namespace widgets {

namespace sim = resilience::sim;

enum class ChartKind : uint8_t { OutcomesPerSecond, Latency, LatencyPercentiles, Load, Levels };

// Whether its curves are calls a second, averaged over ChartData::window.
constexpr bool isRate(ChartKind kind) { return kind == ChartKind::OutcomesPerSecond || kind == ChartKind::Load; }

struct TimeSource;

// Several bins of the history taken together; no count is lost.
struct Column {
    std::array<uint64_t, sim::kOutcomeCount> ended{};
    uint64_t offered = 0;
    uint64_t sent = 0;
    uint64_t arrived = 0;
    uint64_t timed = 0;
    int64_t durationSum = 0; // ns
    int64_t durationMax = 0; // ns
    sim::DurationHistogram durations;
    bool operator==(const Column &) const = default;
};
struct Columns { // column i covers [i, i + 1) x width since the start; those before `first` are left out
    Duration width{1};
    int64_t first = 0;
    std::vector<Column> columns;
    Time endOf(size_t i) const { return resilience::at(width * (first + static_cast<int64_t>(i) + 1)); }
};
// The bins that touch [from, to), in equal groups: at most `most` of them, plus one for a cut group at either end.
Columns columnsOf(const sim::OutcomeSeries &series, Time from, Time to, size_t most);

// One line of a chart. The first six are the outcomes, in their own order; the last kMostLevels are levels, and have
// names.
inline constexpr size_t kMostLevels = 6;
enum class CurveKind : uint8_t {
    Succeeded,
    Failed,
    TimedOut,
    ShortCircuited,
    Rejected,
    Throttled,
    LatencyMean,
    LatencyMax,
    LatencyMedian,
    LatencyP99,
    Offered,
    Sent,
    Arrived,
    FirstLevel,
    LastLevel = FirstLevel + kMostLevels - 1,
};
constexpr bool isLevel(CurveKind kind) { return kind >= CurveKind::FirstLevel; }

struct Curve {
    CurveKind kind = CurveKind::Succeeded;
    // x: seconds since the start; y: in the chart's unit. Nothing is drawn between two parts: there is no data.
    std::vector<std::vector<QPointF>> parts;
    QString name{}; // of a level; the others are named by their kind
    // None in a gap, before the first and after the last point.
    std::optional<double> valueAt(Time t) const;
    bool operator==(const Curve &) const = default;
};

struct ChartData {
    ChartKind kind = ChartKind::OutcomesPerSecond;
    std::vector<Curve> curves; // outcomes and load: one for each that ever occurred
    double top = 1; // of the y axis, a round number above every point; the bottom is 0
    QString unit; // of the y axis: "calls/s", "s", "ms", "µs"; levels: ""
    Duration window{}; // what a point of outcomes and load is averaged over; a longer gap in latencies is left open
    bool operator==(const ChartData &) const = default;
};

struct ChartRequest {
    ChartKind kind = ChartKind::OutcomesPerSecond;
    TimeAxis axis;
    Time frontier; // the furthest moment played; curves end there
    double callsPerSecond = 0; // offered, as far as known; 0 = unknown. Few calls are averaged over a longer time
};

// Outcomes per second: an average over the time just before each point (never after it: no effect is drawn before its
// cause), with a weight that swells, stays and fades over ChartData::window. Latency: mean and
// maximum of what ended in each column; percentiles likewise: the median and the 99th. Load: what was offered, attempts
// sent and attempts that arrived, averaged as the outcomes are. Levels need more than this series: they have no curves
// here.
ChartData chartDataOf(const sim::OutcomeSeries &series, const ChartRequest &request);
// Any kind of chart.
ChartData chartDataOf(const TimeSource &source, const ChartRequest &request);

// A round number at or above `value`, with a little air: the top of a y axis.
double roundTop(double value);

// A third of ChartData::window: long enough for a call, but 1/300 to 1/20 of what is in sight; 1/80 when the rate is
// unknown. A round number.
Duration averagingWindow(Duration span, double callsPerSecond);

// Ticks of a y axis from 0 to `top`: at most as many as fit `spacing` pixels apart into `height`; first and last are
// the ends.
std::vector<double> valueTicks(double top, double height, double spacing);
// As on the axis: no more decimals than needed.
QString valueText(double value);

} // namespace widgets
