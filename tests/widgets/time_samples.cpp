// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/time_samples.h"

#include "core/sim/world/knobs.h"

using namespace resilience;
using namespace resilience::sim;

namespace samples {

Timeline stormyRun(double rate, Duration until)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->name = "stormy";
    scenario->until = until;
    ServiceConfig service;
    service.name = "payment-service";
    scenario->services = {service};
    ClientConfig client;
    client.name = "checkout";
    client.arrivals.rate = rate;
    client.pipeline.order.append(resilience::PolicyKind::CircuitBreaker);
    client.pipeline.order.append(resilience::PolicyKind::AttemptTimeout);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.circuitBreaker.failureThreshold = 3;
    client.pipeline.circuitBreaker.openDuration = until / 8;
    scenario->clients = {client};
    const auto fault = [&](int fromPercent, int toPercent, FaultKind kind, double value) {
        scenario->script.insert({at(until / 100 * fromPercent), 0, SetFault{0, kind, value}});
        scenario->script.insert({at(until / 100 * toPercent), 0, ClearFault{0, kind}});
    };
    fault(25, 50, FaultKind::Outage, 1);
    fault(70, 76, FaultKind::ErrorRate, 0.5);
    fault(72, 90, FaultKind::Latency, 2);
    scenario->script.insert({at(until / 100 * 60), 0, TurnKnob{knobNamed("failure_threshold").value(), 4}});
    return Timeline(scenario);
}

Timeline crowdedRun(int shops, Duration until)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->name = "crowded";
    scenario->until = until;
    ServiceConfig service;
    service.name = "payment";
    service.latency = until / 40;
    service.spread = until / 80;
    service.workers = 2;
    service.queue = 3;
    scenario->services = {service};
    for (int i = 1; i <= shops; ++i) {
        ClientConfig client;
        client.name = "shop " + std::to_string(i);
        client.arrivals.rate = (i == 1 ? 120 : 0.5) / toSeconds(until);
        for (const PolicyKind kind : {PolicyKind::RateLimiter, PolicyKind::CircuitBreaker, PolicyKind::Bulkhead})
            client.pipeline.order.append(kind);
        client.pipeline.configured = client.pipeline.order;
        client.pipeline.circuitBreaker.failureThreshold = 3;
        client.pipeline.circuitBreaker.openDuration = until / 8;
        client.pipeline.bulkhead = {.maxConcurrent = 4, .maxQueue = 2};
        scenario->clients.push_back(client);
    }
    scenario->script.insert({at(until / 2), 0, SetFault{0, FaultKind::Outage, 1}});
    return Timeline(scenario);
}

widgets::TimeSource sourceOf(const Timeline &timeline)
{
    return widgets::timeSourceOf(snapshotOf(timeline), timeline.history(), timeline.frontier());
}

Event ended(Time t, RequestOutcome outcome, Duration took)
{
    Event event;
    event.at = t;
    Finished finished;
    finished.outcome = outcome;
    finished.took = took;
    event.detail = finished;
    event.ends = Ending{outcome, took, 1};
    return event;
}

} // namespace samples
