// SPDX-License-Identifier: MIT
#include "core/sim/measure/chart.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace resilience::sim {

namespace {

using Reading = std::optional<double>;

template <RequestOutcome kOutcome> Reading ended(const ChartCell &cell) { return cell.counts.of(kOutcome); }
template <uint32_t OutcomeCounts::*kCount> Reading count(const ChartCell &cell) { return cell.counts.*kCount; }
Reading lost(const ChartCell &cell) { return cell.counts.notSucceeded(); }
Reading firstAttempts(const ChartCell &cell) { return cell.counts.arrived - cell.counts.arrivedAgain; }

Reading mean(const ChartCell &cell)
{
    if (cell.counts.timed == 0)
        return std::nullopt;
    return static_cast<double>(cell.counts.durationSum) / cell.counts.timed / 1e9;
}
Reading longest(const ChartCell &cell)
{
    return cell.counts.timed == 0 ? Reading{} : static_cast<double>(cell.counts.durationMax) / 1e9;
}
template <int kPercent> Reading percentile(const ChartCell &cell)
{
    const auto found = cell.durations.percentile(kPercent / 100.0);
    return found ? Reading{toSeconds(*found)} : std::nullopt;
}

constexpr std::array kOutcomes{
    CurveSpec{"succeeded", "succeeded", CurveRole::Succeeded, ended<RequestOutcome::Succeeded>},
    CurveSpec{"failed", "failed", CurveRole::Failed, ended<RequestOutcome::Failed>},
    CurveSpec{"timed_out", "timed out", CurveRole::TimedOut, ended<RequestOutcome::TimedOut>},
    CurveSpec{"short_circuited", "short-circuited", CurveRole::ShortCircuited, ended<RequestOutcome::ShortCircuited>},
    CurveSpec{"rejected", "rejected", CurveRole::Rejected, ended<RequestOutcome::Rejected>},
    CurveSpec{"throttled", "throttled", CurveRole::Throttled, ended<RequestOutcome::Throttled>}};
constexpr std::array kLost{CurveSpec{"lost", "not succeeded", CurveRole::First, lost}};
constexpr std::array kLatency{CurveSpec{"latency_mean_s", "mean", CurveRole::First, mean},
                              CurveSpec{"latency_max_s", "longest", CurveRole::Third, longest}};
constexpr std::array kPercentiles{CurveSpec{"latency_p50_s", "p50 (median)", CurveRole::First, percentile<50>},
                                  CurveSpec{"latency_p99_s", "p99", CurveRole::Third, percentile<99>}};
constexpr std::array kLoad{CurveSpec{"offered", "calls offered", CurveRole::First, count<&OutcomeCounts::offered>},
                           CurveSpec{"sent", "attempts sent", CurveRole::Second, count<&OutcomeCounts::sent>},
                           CurveSpec{"arrived", "attempts arrived", CurveRole::Third, count<&OutcomeCounts::arrived>}};
constexpr std::array kArrivalCurves{
    CurveSpec{"first_attempts", "first attempts", CurveRole::FirstAttempts, firstAttempts},
    CurveSpec{"retries", "retries", CurveRole::Retries, count<&OutcomeCounts::arrivedAgain>}};
constexpr std::array kGoodput{
    CurveSpec{"offered", "calls offered", CurveRole::First, count<&OutcomeCounts::offered>},
    CurveSpec{"for_nobody", "answers for nobody", CurveRole::ForNobody, count<&OutcomeCounts::forNobody>},
    CurveSpec{"succeeded", "succeeded", CurveRole::Succeeded, ended<RequestOutcome::Succeeded>}};

constexpr Duration kSecond = std::chrono::seconds{1};
constexpr Duration kFine = std::chrono::milliseconds{100};

constexpr std::array kCharts{
    ChartSpec{"outcomes", "outcomes", "calls that ended", ChartForm::Bars, ChartUnit::Count, kSecond, kOutcomes,
              kOutcomes.data()},
    ChartSpec{"lost", "not succeeded", "calls that did not succeed", ChartForm::Steps, ChartUnit::Count, kSecond, kLost,
              kLost.data()},
    ChartSpec{"latency", "latency", "latency", ChartForm::Steps, ChartUnit::Seconds, kSecond, kLatency,
              kLatency.data()},
    ChartSpec{"latency-percentiles", "latency percentiles", "latency", ChartForm::Steps, ChartUnit::Seconds, kSecond,
              kPercentiles, kLatency.data()},
    ChartSpec{"load", "load", "calls and attempts", ChartForm::Steps, ChartUnit::Count, kSecond, kLoad, &kLoad[1]},
    ChartSpec{"arrivals", "arrivals", "attempts that arrived", ChartForm::Bars, ChartUnit::Count, kFine, kArrivalCurves,
              &kLoad[2]},
    ChartSpec{"goodput", "offered and goodput", "calls and answers", ChartForm::Steps, ChartUnit::Count, kSecond,
              kGoodput, &kGoodput[2], true},
    ChartSpec{"levels", "levels", "level", ChartForm::Levels, ChartUnit::Count, kSecond, {}, nullptr},
    ChartSpec{"leases", "leases", "lease left", ChartForm::Levels, ChartUnit::Seconds, kSecond, {}, nullptr},
};

} // namespace

std::span<const ChartSpec> charts() { return kCharts; }

const ChartSpec *chartNamed(std::string_view id)
{
    const auto found =
        std::find_if(kCharts.begin(), kCharts.end(), [id](const ChartSpec &one) { return one.id == id; });
    return found == kCharts.end() ? nullptr : &*found;
}

std::vector<const ChartSpec *> chartsNamed(std::initializer_list<std::string_view> ids)
{
    std::vector<const ChartSpec *> found;
    for (const std::string_view id : ids) {
        found.push_back(chartNamed(id));
        if (!found.back())
            throw std::out_of_range("no chart is called " + std::string(id));
    }
    return found;
}

std::vector<ChartCell> chartCells(const ChartSpec &chart, const OutcomeSeries &series, Time from, Time to, size_t most,
                                  bool sides)
{
    return cellsOf(series, from, to, barWidth(to - from, most, chart.least, series.binWidth()), isCut(chart, sides));
}

} // namespace resilience::sim
