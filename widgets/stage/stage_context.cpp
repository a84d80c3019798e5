// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_context.h"

#include <algorithm>

namespace widgets {

using resilience::Time;
using resilience::toSeconds;
using resilience::sim::RecentEnd;
using resilience::sim::RequestOutcome;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

constexpr double kShortestFlight = 0.15; // seconds of screen time: below it, nobody sees a dot
constexpr size_t kMostDots = 60;

} // namespace

const ServiceView *StageContext::service() const
{
    return client().target < snapshot.services.size() ? &snapshot.services[client().target] : nullptr;
}

double StageContext::screenAge(Time then) const
{
    return toSeconds(snapshot.now - then) / std::max(1e-9, snapshot.speed);
}

Pace paceOf(const Snapshot &snapshot)
{
    if (snapshot.playing)
        return Pace::Playing;
    if (snapshot.now == resilience::kTimeZero && snapshot.totals.offered == 0)
        return Pace::NotStarted;
    return snapshot.now >= resilience::at(snapshot.until) ? Pace::Ended : Pace::Paused;
}

bool showsNext(const Snapshot &snapshot)
{
    const Pace pace = paceOf(snapshot);
    return snapshot.next && (pace == Pace::Paused || pace == Pace::NotStarted);
}

bool tooFastForDots(const Snapshot &snapshot)
{
    // Without a network delay there is no flight at any speed; then only the number decides.
    const double flight = toSeconds(snapshot.networkLatency) / std::max(1e-9, snapshot.speed);
    return (flight > 0 && flight < kShortestFlight) || snapshot.requests.size() > kMostDots;
}

StageRates recentRates(const Snapshot &snapshot, uint32_t client)
{
    if (snapshot.recent.empty())
        return {};
    double span = std::min(kRateWindow, toSeconds(snapshot.now));
    // A full list may reach less far back than the window.
    if (snapshot.recent.size() >= Snapshot::kRecent)
        span = std::min(span, toSeconds(snapshot.now - snapshot.recent.front().at));
    if (span <= 0)
        return {};
    const Time from = snapshot.now - resilience::fromSeconds(span);
    StageRates rates;
    for (const RecentEnd &end : snapshot.recent) {
        if (end.client != client || end.at <= from)
            continue;
        (end.outcome == RequestOutcome::ShortCircuited ? rates.turnedAway : rates.passed) += 1 / span;
    }
    return rates;
}

bool isNext(const Snapshot &snapshot, uint64_t request)
{
    return showsNext(snapshot) && snapshot.next->request > 0 && snapshot.next->request == request;
}

} // namespace widgets
