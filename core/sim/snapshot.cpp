// SPDX-License-Identifier: MIT
#include "core/sim/snapshot.h"

#include <algorithm>

namespace resilience::sim {

namespace {

// How far back the log is searched; a quiet breaker may have had its last transition long ago.
constexpr uint64_t kLookBack = 2000;

RecentEnd endOf(const Event &event, RequestOutcome outcome)
{
    RecentEnd end{.event = event.number, .request = event.request, .client = event.client, .outcome = outcome, .at = event.at};
    if (const auto *finished = event.as<Finished>()) {
        end.trial = finished->trial;
        end.slow = finished->slow;
        end.recorded = finished->recorded;
        end.state = finished->state;
        end.generation = finished->generation;
    } else if (const auto *away = event.as<TurnedAway>()) {
        end.recorded = Recorded::Nothing;
        end.state = away->state;
        end.generation = away->generation;
    }
    return end;
}

void lookBack(const Timeline &timeline, Snapshot &snapshot)
{
    const EventLog &log = timeline.history().log();
    const uint64_t last = timeline.lastEvent();
    const uint64_t first = std::max(log.firstNumber(), last > kLookBack ? last - kLookBack : 1);
    for (uint64_t number = last; number >= first && number > 0; --number) {
        const Event *event = log.numbered(number);
        if (!event)
            break;
        if (const auto outcome = endedBy(*event); outcome && snapshot.recent.size() < Snapshot::kRecent)
            snapshot.recent.push_back(endOf(*event, *outcome));
        if (event->as<Transitioned>() && snapshot.clients[event->client].lastTransition == 0)
            snapshot.clients[event->client].lastTransition = number;
    }
    std::reverse(snapshot.recent.begin(), snapshot.recent.end());
}

} // namespace

Snapshot snapshotOf(const Timeline &timeline)
{
    const World &world = timeline.world();
    const Scenario &scenario = timeline.scenario();
    Snapshot snapshot{.scenario = scenario.name, .seed = timeline.seed(), .now = world.now(), .until = scenario.until,
                      .speed = scenario.speed, .networkLatency = world.networkLatency(), .requests = world.requests(),
                      .totals = world.totals(), .next = timeline.nextPending()};
    for (const Client &client : world.clients())
        snapshot.clients.push_back({.name = client.config().name, .target = client.config().target,
                                    .arrivals = client.config().arrivals.kind, .rate = client.config().arrivals.rate,
                                    .timeout = client.config().timeout, .rule = client.breaker.config(),
                                    .breaker = client.breaker.view(world.now())});
    for (const Service &service : world.services())
        snapshot.services.push_back({service.config().name, service.faults(), service.config().latency,
                                     service.config().errorRate});
    lookBack(timeline, snapshot);
    return snapshot;
}

} // namespace resilience::sim
