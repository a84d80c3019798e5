// SPDX-License-Identifier: MIT
#include "core/sim/sweep/metric.h"

#include <algorithm>
#include <array>

namespace resilience::sim {

namespace {

using Reading = std::optional<double>;

template <int kPercent> Reading finePercentile(const LeanRun &run)
{
    return run.tally().successTimes().percentile(kPercent / 100.0);
}
Reading meanSuccess(const LeanRun &run) { return run.tally().successTimes().mean(); }
Reading longestSuccess(const LeanRun &run) { return run.tally().successTimes().longest(); }
Reading offeredCalls(const LeanRun &run) { return double(run.world().totals().offered); }

// Of the calls that came in the last seconds, how many ended well in them; those that began before and end there make
// up for those that end afterwards, so that a steady run is at 1.
Reading goodputAtTheEnd(const LeanRun &run)
{
    const OutcomeSeries &series = run.tally().series();
    const auto first = static_cast<size_t>(std::max<int64_t>(0, (run.until() - kAtTheEnd) / series.binWidth()));
    uint64_t offered = 0;
    uint64_t succeeded = 0;
    for (size_t i = first; i < series.bins().size(); ++i) {
        offered += series.bins()[i].offered;
        succeeded += series.bins()[i].of(RequestOutcome::Succeeded);
    }
    return offered == 0 ? Reading{} : std::min(1.0, static_cast<double>(succeeded) / static_cast<double>(offered));
}

const std::array kOfTally{
    MetricSpec{{"goodput_at_end", "goodput of the last 5 s", FigureUnit::Share, true, nullptr}, goodputAtTheEnd},
    MetricSpec{{"p50", "a success takes, p50", FigureUnit::Seconds, false, nullptr}, finePercentile<50>},
    MetricSpec{{"p95", "a success takes, p95", FigureUnit::Seconds, false, nullptr}, finePercentile<95>},
    MetricSpec{{"p99", "a success takes, p99", FigureUnit::Seconds, false, nullptr}, finePercentile<99>},
    MetricSpec{{"mean", "a success takes, mean", FigureUnit::Seconds, false, nullptr}, meanSuccess},
    MetricSpec{{"longest", "a success takes, longest", FigureUnit::Seconds, false, nullptr}, longestSuccess},
    MetricSpec{{"offered", "calls offered", FigureUnit::Count, true, nullptr}, offeredCalls},
};
constexpr std::array<std::string_view, 3> kOfLocks{"writes_accepted", "stale_accepted", "writes_refused"};
constexpr std::array<std::string_view, 9> kUsual{
    "goodput", "amplification", "p50", "p99", "rejected", "failed", "wasted", "writes_accepted", "stale_accepted"};

template <typename List> bool isIn(const List &list, std::string_view id)
{
    return std::find(list.begin(), list.end(), id) != list.end();
}

// The figures, each in its place; those that the tally knows better give way to it.
std::vector<MetricSpec> everyMetric()
{
    std::vector<MetricSpec> all;
    for (const RunFigure &figure : runFigures()) {
        const bool isFiner =
            std::any_of(kOfTally.begin(), kOfTally.end(), [&](const MetricSpec &own) { return own.id() == figure.id; });
        if (!isFiner)
            all.push_back({figure});
        if (figure.id == "amplification")
            all.insert(all.end(), kOfTally.begin(), kOfTally.end());
    }
    return all;
}

} // namespace

std::span<const MetricSpec> metrics()
{
    static const std::vector<MetricSpec> all = everyMetric();
    return all;
}

const MetricSpec *metricNamed(std::string_view id)
{
    for (const MetricSpec &metric : metrics())
        if (metric.id() == id)
            return &metric;
    return nullptr;
}

std::vector<const MetricSpec *> metricsOf(const Scenario &scenario)
{
    std::vector<const MetricSpec *> found;
    for (const MetricSpec &metric : metrics())
        if (isIn(kOfLocks, metric.id()) ? !scenario.lock.holders.empty() : !scenario.clients.empty())
            found.push_back(&metric);
    return found;
}

std::vector<const MetricSpec *> usualMetrics(const Scenario &scenario)
{
    auto found = metricsOf(scenario);
    std::erase_if(found, [](const MetricSpec *metric) { return !isIn(kUsual, metric->id()); });
    return found;
}

} // namespace resilience::sim
