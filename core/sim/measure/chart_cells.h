// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/measure/outcome_series.h"

#include <vector>

// What a chart draws as one bar: a stretch of time and what happened in it, counted and never averaged.
namespace resilience::sim {

struct ChartCell {
    Time from{};
    Time to{};
    uint64_t cutBy = 0; // number of the event that it begins with; 0 = it begins with whatever is at `from`
    OutcomeCounts counts{};
    DurationHistogram durations{}; // of the timed ones, where the series keeps them and the cells are not cut
    bool operator==(const ChartCell &) const = default;
};

/// The smallest of 1, 2, 5 x 10^n ns that is not below `atLeast`.
Duration roundDuration(Duration atLeast);

/// How wide the bars over `span` are: `least`, or as much wider, in round steps, as it takes for at most `most` of
/// them. Of a span that holds less than ten of the least, a round 25th. A multiple of `grain`, the width of the bins
/// that they are made of.
Duration barWidth(Duration span, size_t most, Duration least, Duration grain);

/// Bars of the given width, a multiple of the series' own, aligned with time zero: all that touch [from, to). With
/// `cut`, a bar is divided where the series is, so that none lies in two states.
std::vector<ChartCell> cellsOf(const OutcomeSeries &series, Time from, Time to, Duration width, bool cut);

} // namespace resilience::sim
