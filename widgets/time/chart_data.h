// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/chart.h"
#include "widgets/time/chart_look.h"
#include "widgets/time/time_axis.h"

#include <QPointF>
#include <QString>

#include <optional>
#include <vector>

// From what a run has left behind to the curves and bars of a chart. Pure, and bounded by the pixels of the chart: a
// run of ten minutes gives no more of them than one of ten seconds.
namespace widgets {

struct TimeSource;

// One line of a chart, or one colour of its bars.
struct Curve {
    CurveLook look;
    QString word; // in legend and readout
    // x: seconds since the start; y: in the chart's unit. Nothing is drawn between two parts: there is no data.
    std::vector<std::vector<QPointF>> parts{};
    // None in a gap, before the first and after the last point. At a jump what it jumps to.
    std::optional<double> valueAt(double seconds) const;
    bool operator==(const Curve &) const = default;
};

// What was counted in [from, to), seconds since the start: one number for each curve, the first at the bottom.
struct Bar {
    double from = 0;
    double to = 0;
    std::vector<uint32_t> counts;
    uint64_t sum() const;
    bool operator==(const Bar &) const = default;
};

// A stretch with more calls than usual, seconds since the start.
struct Rush {
    double from = 0;
    double to = 0;
    bool operator==(const Rush &) const = default;
};

// What many other runs were like, in [from, to): nine in ten from `low` to `high`, in the chart's unit.
struct BandStep {
    double from = 0;
    double to = 0;
    double low = 0;
    double high = 0;
    bool operator==(const BandStep &) const = default;
};

struct ChartData {
    const sim::ChartSpec *spec = nullptr;
    QString title; // of the y axis, with its unit: "calls that ended, each 1 s"
    std::vector<Curve> curves; // counts: one for each that ever occurred
    std::vector<Bar> bars; // those that are not empty
    std::vector<Rush> rushes{}; // where the chart marks them
    std::vector<BandStep> band{}; // of the leading curve, where there are many runs; their median is a curve
    double top = 1; // of the y axis, a round number above every point; the bottom is 0
    QString unit{}; // of values: "s", "ms", "µs"; "" for counts
    double barSeconds = 0; // the width of an uncut bar or step; 0 for levels

    bool counts() const { return spec && spec->unit == sim::ChartUnit::Count; }
    bool operator==(const ChartData &) const = default;
};

struct ChartRequest {
    const sim::ChartSpec *spec = nullptr;
    TimeAxis axis;
    Time frontier; // the furthest moment played; curves end there
    Time reached{}; // the same to the nanosecond where `frontier` is on a pixel: a step that is over by then is drawn
};

// Counts: what the log has, in bars or steps on bins that are aligned with the axis and divided where the state of the
// breaker changes. Where sides are compared, one line a side. Seconds: of what ended in each bin. Levels: see
// chart_levels.h.
ChartData chartDataOf(const TimeSource &source, const ChartRequest &request);

// "12 in 1 s", "0.25 s", "3.9": a curve's value at a moment; none where it has none.
std::optional<QString> readingAt(const ChartData &data, size_t curve, double seconds);

// Seconds become milliseconds or microseconds where that reads better; sets unit and top.
void chooseUnit(ChartData &data);

// A round number at or above `value`, with a little air: the top of a y axis.
double roundTop(double value);

// Ticks of a y axis from 0 to `top`: at most as many as fit `spacing` pixels apart into `height`; first and last are
// the ends. Of counts only whole numbers.
std::vector<double> valueTicks(double top, double height, double spacing, bool whole);
// As on the axis: no more decimals than needed.
QString valueText(double value);

} // namespace widgets
