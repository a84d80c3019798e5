// SPDX-License-Identifier: MIT
#include "core/sim/run/recent_traffic.h"

#include <algorithm>

namespace resilience::sim {

namespace {

void addTo(RecentTraffic &traffic, const Event &event)
{
    if (event.caller || !event.actor.isClient() || event.at < traffic.from)
        return;
    const auto bin = static_cast<size_t>((event.at - traffic.from) / RecentTraffic::kSecond);
    RecentTraffic::Lane &lane = traffic.lanes[event.actor.index][bin];
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

// What there is to read at a moment.
struct Span {
    Time from{};
    uint64_t begin = 0; // number of the first event that is looked at
    bool whole = true; // everything since `from` is looked at
};

Span spanOf(const Timeline &timeline)
{
    const EventLog &log = timeline.history().log();
    const uint64_t last = timeline.lastEvent();
    const Time now = wholeSecond(timeline.now());
    Span span{.from = now - std::min(RecentTraffic::kFor, now - kTimeZero)};
    const uint64_t most = std::min(RecentTraffic::kMostEvents, last);
    span.begin = std::max({log.firstNumber(), log.lastNumberUntil(span.from - Duration{1}) + 1, last + 1 - most});
    // Where the log ends too early, with the first second that it holds in full.
    if (span.begin > 1 && span.begin <= last
        && (span.begin == log.firstNumber() || last + 1 - span.begin >= RecentTraffic::kMostEvents))
        span.from = wholeSecond(log.numbered(span.begin)->at) + RecentTraffic::kSecond;
    span.whole = span.from <= now;
    span.from = std::min(span.from, now);
    return span;
}

// Forgets what lies before, and makes room up to the second of `now`.
void cover(RecentTraffic &traffic, Time from, Time now)
{
    const auto over = static_cast<std::ptrdiff_t>((from - traffic.from) / RecentTraffic::kSecond);
    const auto bins = static_cast<size_t>((now - from) / RecentTraffic::kSecond) + 1;
    const auto move = [over, bins](auto &list) {
        list.erase(list.begin(), list.begin() + std::min(over, static_cast<std::ptrdiff_t>(list.size())));
        list.resize(bins);
    };
    traffic.from = from;
    move(traffic.service);
    for (auto &lane : traffic.lanes)
        move(lane);
}

} // namespace

uint32_t RecentTraffic::busiest() const
{
    uint32_t most = 0;
    for (const auto &lane : lanes)
        for (const Lane &bin : lane)
            most = std::max(most, bin.sent);
    return most;
}

RecentTraffic recentTrafficOf(const Timeline &timeline) { return RecentTrafficReader().read(timeline); }

const RecentTraffic &RecentTrafficReader::read(const Timeline &timeline)
{
    const EventLog &log = timeline.history().log();
    const Span span = spanOf(timeline);
    const bool goesOn = m_whole && span.whole && m_place.leadsTo(timeline) && span.from >= m_traffic.from
                        && m_place.last() + 1 >= span.begin;
    if (!goesOn) {
        m_traffic = {.from = span.from};
        m_traffic.lanes.resize(timeline.world().clients().size());
    }
    cover(m_traffic, span.from, timeline.now());
    for (uint64_t number = goesOn ? m_place.last() + 1 : span.begin; number <= timeline.lastEvent(); ++number)
        addTo(m_traffic, *log.numbered(number));
    m_place.moveTo(timeline);
    m_whole = span.whole;
    return m_traffic;
}

} // namespace resilience::sim
