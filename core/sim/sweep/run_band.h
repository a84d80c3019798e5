// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/measure/chart.h"
#include "core/sim/measure/outcome_series.h"
#include "core/time.h"

#include <map>
#include <utility>
#include <vector>

namespace resilience::sim {

/// What the runs were like over one bar or step of a chart: nine in ten lie from `low` to `high`.
struct BandCell {
    Time from{};
    Time to{};
    double low = 0; // p5
    double median = 0;
    double high = 0; // p95
    bool operator==(const BandCell &) const = default;
};

/// Many runs of one scenario over time, as a chart draws them behind a single one.
class RunBand {
public:
    /// `runs`: at least one, all of them played to `until`.
    RunBand(std::vector<OutcomeSeries> runs, Duration until);

    size_t count() const { return m_runs.size(); }
    Duration until() const { return m_until; }
    /// Over the whole run, in cells of that width; none where it is no multiple of the runs' own bins. What was worked
    /// out is remembered, for pictures ask for the same again and again: from one thread only.
    const std::vector<BandCell> &cells(const CurveSpec &curve, Duration width) const;

private:
    std::vector<BandCell> workOut(const CurveSpec &curve, Duration width) const;

    std::vector<OutcomeSeries> m_runs;
    Duration m_until;
    mutable std::map<std::pair<const CurveSpec *, int64_t>, std::vector<BandCell>> m_known;
};

/// The one curve that stands for a chart where there is room for one alone; null for levels.
const CurveSpec *leadingCurve(const ChartSpec &chart);

} // namespace resilience::sim
