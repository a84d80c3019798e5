// SPDX-License-Identifier: MIT
#include "core/sim/run/recent_traffic.h"

#include <algorithm>

namespace resilience::sim {

namespace {

void addTo(RecentTraffic &traffic, const Event &event)
{
    if (event.caller != kNobody || event.client >= traffic.lanes.size() || event.at < traffic.from)
        return;
    const auto bin = static_cast<size_t>((event.at - traffic.from) / RecentTraffic::kSecond);
    RecentTraffic::Lane &lane = traffic.lanes[event.client][bin];
    RecentTraffic::Service &service = traffic.service[bin];
    if (event.as<Sent>()) {
        ++lane.sent;
    } else if (event.as<ReachedService>()) {
        ++(event.attempt > 1 ? service.again : service.first);
    } else if (event.as<LateAnswer>()) {
        ++service.late;
    } else if (const auto *finished = event.as<Finished>()) {
        const bool well = finished->outcome == RequestOutcome::Succeeded;
        ++(well ? lane.succeeded : lane.failed);
        service.inTime += well;
    }
}

Time wholeSecond(Time t) { return t - t.time_since_epoch() % RecentTraffic::kSecond; }

} // namespace

uint32_t RecentTraffic::busiest() const
{
    uint32_t most = 0;
    for (const auto &lane : lanes)
        for (const Lane &bin : lane)
            most = std::max(most, bin.sent);
    return most;
}

RecentTraffic recentTrafficOf(const Timeline &timeline)
{
    const EventLog &log = timeline.history().log();
    const uint64_t last = timeline.lastEvent();
    RecentTraffic traffic{.from = wholeSecond(timeline.now())
                                  - std::min(RecentTraffic::kFor, wholeSecond(timeline.now()) - kTimeZero)};
    const uint64_t most = std::min(RecentTraffic::kMostEvents, last);
    const uint64_t begin =
        std::max({log.firstNumber(), log.lastNumberUntil(traffic.from - Duration{1}) + 1, last + 1 - most});
    // Where the log ends too early, with the first second that it holds in full.
    if (begin > 1 && begin <= last && (begin == log.firstNumber() || last + 1 - begin >= RecentTraffic::kMostEvents))
        traffic.from = wholeSecond(log.numbered(begin)->at) + RecentTraffic::kSecond;
    traffic.from = std::min(traffic.from, wholeSecond(timeline.now()));
    const auto bins = static_cast<size_t>((timeline.now() - traffic.from) / RecentTraffic::kSecond) + 1;
    traffic.service.resize(bins);
    traffic.lanes.assign(timeline.world().clients().size(), std::vector<RecentTraffic::Lane>(bins));
    for (uint64_t number = begin; number <= last; ++number)
        addTo(traffic, *log.numbered(number));
    return traffic;
}

} // namespace resilience::sim
