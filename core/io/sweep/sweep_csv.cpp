// SPDX-License-Identifier: MIT
#include "core/io/sweep/sweep_csv.h"

#include "core/number_text.h"
#include "core/sim/world/knob_address.h"
#include "core/sim/world/knobs.h"

#include <algorithm>
#include <charconv>

namespace resilience::io {

namespace {

std::string knobColumns(const sim::Sweep &sweep)
{
    const sim::KnobAddresses addresses(*sweep.scenario);
    std::string columns;
    for (const sim::SweepAxis &axis : sweep.axes)
        columns += addresses.textOf(axis.knob, axis.target) + ",";
    return columns;
}

// The cell and its values, up to and including the comma after them.
std::string cellColumns(const sim::Sweep &sweep, uint64_t cell)
{
    std::string columns = std::to_string(cell) + ",";
    const auto values = sweep.valuesOf(cell);
    for (size_t i = 0; i < values.size(); ++i)
        columns += formatKnobValue(sim::knobs()[sweep.axes[i].knob], values[i]) + ",";
    return columns;
}

} // namespace

std::string runsHeader(const sim::Sweep &sweep)
{
    std::string line = "cell," + knobColumns(sweep) + "seed,";
    for (const sim::MetricSpec *metric : sweep.metrics)
        line += std::string(metric->id()) + ",";
    return line + "fingerprint\n";
}

std::string runResult(const sim::SweptRun &run)
{
    std::string line;
    for (const auto &value : run.values)
        line += (value ? shortNumber(*value) : "") + ",";
    return line + run.fingerprint;
}

std::string runsLine(const sim::Sweep &sweep, uint64_t run, std::string_view result)
{
    return cellColumns(sweep, sweep.cellOf(run)) + std::to_string(sweep.seedOf(run)) + "," + std::string(result) + "\n";
}

std::optional<std::vector<std::optional<double>>> valuesIn(std::string_view result, const sim::Sweep &sweep)
{
    std::vector<std::optional<double>> values;
    for (size_t i = 0; i < sweep.metrics.size(); ++i) {
        const size_t comma = result.find(',');
        if (comma == std::string_view::npos)
            return std::nullopt;
        double value = 0;
        const auto [end, failure] = std::from_chars(result.data(), result.data() + comma, value);
        if (comma > 0 && (failure != std::errc{} || end != result.data() + comma))
            return std::nullopt;
        values.push_back(comma > 0 ? std::optional(value) : std::nullopt);
        result.remove_prefix(comma + 1);
    }
    constexpr size_t digits = 16;
    if (result.size() != digits || result.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return std::nullopt;
    return values;
}

std::string summaryHeader(const sim::Sweep &sweep)
{
    return "cell," + knobColumns(sweep) + "metric,n,median,p5,p95,median_low,median_high\n";
}

std::string summaryLine(const sim::Sweep &sweep, uint64_t cell, const sim::MetricSpec &metric,
                        const sim::Spread &spread)
{
    std::string line = cellColumns(sweep, cell) + std::string(metric.id()) + "," + std::to_string(spread.n);
    for (const double value : {spread.median, spread.p5, spread.p95, spread.medianLow, spread.medianHigh})
        line += "," + (spread.n > 0 ? shortNumber(value) : "");
    return line + "\n";
}

sim::Spread spreadIn(const std::vector<std::vector<std::optional<double>>> &runs, size_t metric, uint64_t cell,
                     const sim::Sweep &sweep)
{
    std::vector<double> values;
    for (const auto &run : runs)
        if (run[metric])
            values.push_back(*run[metric]);
    return sim::spreadOf(std::move(values), cell, sweep.metrics[metric]->id());
}

} // namespace resilience::io
