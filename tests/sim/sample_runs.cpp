// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/sample_runs.h"

#include "core/sim/knobs.h"

#include <rapidcheck.h>

namespace tests {

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

Scenario calmScenario()
{
    Scenario scenario;
    scenario.step = "circuit-breaker";
    scenario.name = "calm";
    scenario.until = 30s;
    scenario.networkLatency = 200ms;
    ServiceConfig service;
    service.name = "payment-service";
    service.spread = 100ms;
    scenario.services.push_back(service);
    ClientConfig client;
    client.name = "checkout";
    client.pipeline.order.append(PolicyKind::CircuitBreaker);
    client.pipeline.order.append(PolicyKind::AttemptTimeout);
    client.pipeline.known = client.pipeline.order;
    client.pipeline.attemptTimeout = 3s;
    client.pipeline.circuitBreaker.failureThreshold = 3;
    client.pipeline.circuitBreaker.openDuration = 5s;
    scenario.clients.push_back(client);
    return scenario;
}

std::shared_ptr<const Scenario> outageScenario()
{
    Scenario scenario = calmScenario();
    scenario.script.insert({at(5s), 0, SetFault{0, FaultKind::Outage, 1}});
    scenario.script.insert({at(13s), 0, ClearFault{0, FaultKind::Outage}});
    return std::make_shared<const Scenario>(scenario);
}

Intervention anyIntervention()
{
    const auto kind = FaultKind(*rc::gen::inRange(0, int(kFaultKindCount)));
    switch (*rc::gen::inRange(0, 3)) {
    case 0: return SetFault{0, kind, kind == FaultKind::ErrorRate ? 0.5 : 1.0};
    case 1: return ClearFault{0, kind};
    default: break;
    }
    const auto knob = *rc::gen::inRange<uint32_t>(0, uint32_t(knobs().size()));
    const KnobSpec &spec = knobs()[knob];
    // A thousand calls a second would only make the tests long.
    const double range = std::min(spec.maximum, 60.0) - spec.minimum;
    double value = spec.minimum + range * *rc::gen::inRange(0, 100) / 100.0;
    if (std::string_view(spec.id) == "arrival_rate")
        value = std::min(value, 10.0);
    if (spec.kind != KnobSpec::Kind::Real)
        value = std::floor(value);
    return TurnKnob{knob, value};
}

std::vector<Event> eventsSoFar(const Timeline &timeline)
{
    std::vector<Event> events;
    for (uint64_t number = 1; number <= timeline.lastEvent(); ++number)
        events.push_back(*timeline.history().log().numbered(number));
    return events;
}

} // namespace tests
