// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/health_samples.h"

#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace tests {

Scenario probedScenario(uint32_t nodes)
{
    Scenario scenario;
    scenario.step = "health-check";
    scenario.name = "probed";
    scenario.until = 60s;
    scenario.networkLatency = 100ms;
    ClientConfig client;
    client.name = "balancer";
    client.targets.clear();
    for (uint32_t i = 0; i < nodes; ++i) {
        ServiceConfig service;
        service.name = "node-" + std::to_string(i + 1);
        service.spread = 0s;
        scenario.services.push_back(service);
        client.targets.push_back(i);
    }
    client.pipeline.order.append(PolicyKind::AttemptTimeout);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.attemptTimeout = 2s;
    client.probing = ProbingConfig{.interval = 2s, .check = {.timeout = 1s}};
    scenario.clients.push_back(client);
    return scenario;
}

Scenario withDatabase(uint32_t nodes)
{
    Scenario scenario = probedScenario(nodes);
    ServiceConfig database;
    database.name = "database";
    database.latency = 50ms;
    database.spread = 0s;
    scenario.services.push_back(database);
    PipelineConfig toDatabase;
    toDatabase.order.append(PolicyKind::AttemptTimeout);
    toDatabase.configured = toDatabase.order;
    toDatabase.attemptTimeout = 500ms;
    for (uint32_t i = 0; i < nodes; ++i)
        scenario.services[i].dependencies.push_back({.target = nodes, .pipeline = toDatabase});
    scenario.clients[0].probing->check.degradedLatency = 900ms;
    return scenario;
}

Timeline timelineOf(const Scenario &scenario) { return Timeline(std::make_shared<const Scenario>(scenario)); }

void act(Scenario &scenario, Duration when, const Intervention &what) { scenario.script.insert({at(when), 0, what}); }

Timeline played(const Scenario &scenario, Duration until)
{
    Timeline timeline = timelineOf(scenario);
    timeline.runTo(at(until));
    return timeline;
}

HealthTargetView targetOf(const Timeline &timeline, size_t place)
{
    return snapshotOf(timeline).health.at(0).targets.at(place);
}

void turn(Scenario &scenario, Duration when, const char *knob, double value)
{
    act(scenario, when, TurnKnob{*knobNamed(knob), value});
}

} // namespace tests
