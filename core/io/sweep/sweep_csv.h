// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/sweep/statistics.h"
#include "core/sim/sweep/sweep.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::io {

// The tables of a sweep, line by line, each with its newline. Numbers are the shortest texts that read back as the
// same.

// cell,KNOB...,seed,METRIC...,fingerprint
std::string runsHeader(const sim::Sweep &sweep);
// A run's own part of its line, by which a shard hands it on: METRIC...,fingerprint
std::string runResult(const sim::SweptRun &run);
std::string runsLine(const sim::Sweep &sweep, uint64_t run, std::string_view result);
// The metrics of a line's own part; none when it is not one.
std::optional<std::vector<std::optional<double>>> valuesIn(std::string_view result, const sim::Sweep &sweep);

// cell,KNOB...,metric,n,median,p5,p95,median_low,median_high
std::string summaryHeader(const sim::Sweep &sweep);
std::string summaryLine(const sim::Sweep &sweep, uint64_t cell, const sim::MetricSpec &metric,
                        const sim::Spread &spread);
// Of all runs of a cell, by metric.
sim::Spread spreadIn(const std::vector<std::vector<std::optional<double>>> &runs, size_t metric, uint64_t cell,
                     const sim::Sweep &sweep);

} // namespace resilience::io
