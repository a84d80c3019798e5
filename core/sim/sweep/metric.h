// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/measure/run_figures.h"
#include "core/sim/sweep/lean_run.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What a run came to, as numbers: the figures by which two runs are compared, and some that take a tally of the run.
namespace resilience::sim {

struct MetricSpec {
    RunFigure figure; // its read is null where the tally is read
    std::optional<double> (*ofRun)(const LeanRun &run) = nullptr;

    std::string_view id() const { return figure.id; }
    /// None where there is nothing to read, for no call had a duration.
    std::optional<double> read(const LeanRun &run) const { return ofRun ? ofRun(run) : figure.read(run.world()); }
};

/// All of them. Percentiles are finer than those of pictures: to within 1 %.
std::span<const MetricSpec> metrics();
/// Null when there is none.
const MetricSpec *metricNamed(std::string_view id);
/// Those that a scenario has something to say to.
std::vector<const MetricSpec *> metricsOf(const Scenario &scenario);
/// ... and of these the ones to begin with.
std::vector<const MetricSpec *> usualMetrics(const Scenario &scenario);

/// How long before the end "at the end" begins.
inline constexpr Duration kAtTheEnd = std::chrono::seconds{5};

} // namespace resilience::sim
