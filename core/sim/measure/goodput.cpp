// SPDX-License-Identifier: MIT
#include "core/sim/measure/goodput.h"

#include <algorithm>
#include <numeric>

namespace resilience::sim {

namespace {

// The bins [first, end) that lie in the last kOver before `until`.
struct Bins {
    size_t first = 0;
    size_t end = 0;
};
Bins binsBefore(const OutcomeSeries &series, Time until)
{
    const int64_t end = until.time_since_epoch() / series.binWidth();
    const int64_t most = std::max<int64_t>(1, Goodput::kOver / series.binWidth());
    const auto bound = [&](int64_t bin) {
        return std::min(series.bins().size(), static_cast<size_t>(std::max<int64_t>(0, bin)));
    };
    return {bound(end - most), bound(end)};
}

double usualRate(const Scenario &scenario)
{
    double sum = 0;
    for (const ClientConfig &client : scenario.clients)
        sum += client.arrivals.rate;
    return sum;
}

} // namespace

double Goodput::share() const
{
    return judged == 0 ? 0 : std::min(1.0, static_cast<double>(succeeded) / static_cast<double>(judged));
}

Goodput goodputAt(const History &history, const Scenario &scenario, Time until)
{
    Goodput found{.usual = usualRate(scenario)};
    const Duration played = until.time_since_epoch();
    if (played < Goodput::kAtLeast)
        return found;
    found.span = std::min(played, Goodput::kOver);
    const auto &bins = history.outcomes().bins();
    const Bins which = binsBefore(history.outcomes(), until);
    for (size_t i = which.first; i < which.end; ++i) {
        found.offered += bins[i].offered;
        found.succeeded += bins[i].ended[static_cast<size_t>(RequestOutcome::Succeeded)];
        found.fellBack += bins[i].fellBack;
        found.sent += bins[i].sent;
    }
    found.judged = found.offered;
    if (played < Goodput::kOver * 2) {
        uint64_t ended = 0;
        for (size_t i = which.first; i < which.end; ++i)
            ended = std::accumulate(bins[i].ended.begin(), bins[i].ended.end(), ended);
        found.judged = ended;
    }
    for (const FaultSpan &fault : history.faults())
        found.faulty = found.faulty || (fault.from <= until && (!fault.to || *fault.to > until - found.span));
    return found;
}

DurationHistogram recentDurations(const History &history, Time until)
{
    DurationHistogram sum;
    const Bins which = binsBefore(history.outcomes(), until);
    for (size_t i = which.first; i < which.end; ++i)
        sum.merge(history.outcomes().durations()[i]);
    return sum;
}

} // namespace resilience::sim
