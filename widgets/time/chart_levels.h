// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/time/chart_data.h"
#include "widgets/time/time_source.h"

#include <vector>

// The quantities that stand at some height at any moment (slots, queues, permits, leases) as curves of a chart: steps
// are steps, and what flows is a slope.
namespace widgets {

// The gauges of `source` that get a curve in that chart, by index, in their own order: those that were ever above 0, at
// most kCurveVariants. When there are more, those that ever move come before those that never did.
std::vector<size_t> levelsShown(const TimeSource &source, const sim::ChartSpec &chart);

// "permits", "checkout: slots in use": the owner only where another gauge of that kind has to be told apart.
QString levelWord(const TimeSource &source, size_t gauge);

// One curve a gauge shown, in whatever the gauge counts. What ours has is solid, and what it is compared with is grey
// and dashed. Highest and lowest values of what falls on one pixel stay, so that a short queue is seen in a long run.
ChartData levelsChart(const TimeSource &source, const ChartRequest &request);

} // namespace widgets
