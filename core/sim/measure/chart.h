// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/measure/chart_cells.h"
#include "core/sim/measure/gauge.h"

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// The charts there are, each described once: what its curves are and how they are read. Screen, files and tables all
// follow the description.
namespace resilience::sim {

enum class ChartForm : uint8_t {
    Bars, // counts, stacked
    Steps, // one line a curve, level over each cell
    Levels, // gauges as functions of time: those that name the chart (PartGauge::chart)
};
enum class ChartUnit : uint8_t { Count, Seconds };

/// What a curve is, for whoever chooses its looks. The first six are the outcomes, in their own order.
enum class CurveRole : uint8_t {
    Succeeded,
    Failed,
    TimedOut,
    ShortCircuited,
    Rejected,
    Throttled,
    First, // the one that the others are compared with
    Second,
    Third,
    FirstAttempts,
    Retries,
    Ours, // of a side
    Other, // likewise
    Level,
    ForNobody,
};

struct CurveSpec {
    std::string_view id; // in tables, with its unit: "succeeded", "latency_mean_s"
    const char *word; // for people: "succeeded"
    CurveRole role;
    /// In counts or seconds; none where there is nothing to read, for no call in the cell had a duration.
    std::optional<double> (*read)(const ChartCell &cell);
};

struct ChartSpec {
    std::string_view id; // in files, lists and names: "outcomes"
    const char *name; // for people: "outcomes"
    const char *axis; // of the values: "calls that ended"; counts are told "each 1 s" after it
    ChartForm form;
    ChartUnit unit;
    Duration least; // the narrowest bar, when all of a run is in sight
    std::span<const CurveSpec> curves;
    const CurveSpec *perSide; // what is drawn of each side where sides are compared; null for levels
    bool filled = false; // what succeeds and what is for nobody are areas, and a rush is marked
};

/// All of them. A chart is known by its address in here.
std::span<const ChartSpec> charts();
/// Null when there is none.
const ChartSpec *chartNamed(std::string_view id);
/// In that order. Throws std::out_of_range for an unknown id: for charts that are named in code.
std::vector<const ChartSpec *> chartsNamed(std::initializer_list<std::string_view> ids);

/// Whether it shows that.
inline bool shows(const ChartSpec &chart, const Gauge &gauge) { return spec(gauge).chart == chart.id; }

/// Whether its cells are divided where a state changes. A bar shows how wide it is; a step of a line does not, so that
/// one that is cut short would look like a dip. Sides are lines, whatever the chart is.
inline bool isCut(const ChartSpec &chart, bool sides) { return chart.form == ChartForm::Bars && !sides; }
/// The bars or steps of a chart over [from, to), at most `most` of them and as many more as it is cut.
std::vector<ChartCell> chartCells(const ChartSpec &chart, const OutcomeSeries &series, Time from, Time to, size_t most,
                                  bool sides);

} // namespace resilience::sim
