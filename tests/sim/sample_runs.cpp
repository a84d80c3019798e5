// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/sample_runs.h"

#include "core/sim/world/knobs.h"
#include "tests/sim/any_scenario.h"

#include <rapidcheck.h>

#include <cmath>
#include <numeric>
#include <string_view>

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
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.attemptTimeout = 3s;
    client.pipeline.circuitBreaker.failureThreshold = 3;
    client.pipeline.circuitBreaker.openDuration = 5s;
    scenario.clients.push_back(client);
    return scenario;
}

namespace {

TurnKnob anyTurn(const World &world)
{
    std::vector<uint32_t> possible;
    for (uint32_t i = 0; i < knobs().size(); ++i)
        if (knobs()[i].applies(world))
            possible.push_back(i);
    const uint32_t knob = possible[*rc::gen::inRange<size_t>(0, possible.size())];
    const KnobSpec &spec = knobs()[knob];
    KnobTarget target;
    if (const auto kind = targetKindOf(spec.owner); kind && *rc::gen::inRange(0, 2) == 1)
        if (const KnobTarget one{*kind, *rc::gen::inRange<uint32_t>(0, 3)}; spec.applies(world, one))
            target = one;
    // A thousand calls a second would only make the tests long.
    const double range = std::min(spec.maximum, 60.0) - spec.minimum;
    double value = spec.minimum + range * *rc::gen::inRange(0, 100) / 100.0;
    if (std::string_view(spec.id) == "arrival_rate")
        value = std::min(value, 10.0);
    if (spec.kind == KnobSpec::Kind::Toggle || spec.kind == KnobSpec::Kind::Choice)
        value = *rc::gen::inRange(int(spec.minimum), int(spec.maximum) + 1);
    if (spec.kind == KnobSpec::Kind::Whole)
        value = std::floor(value);
    return {knob, value, target};
}

} // namespace

std::shared_ptr<const Scenario> outageScenario()
{
    Scenario scenario = calmScenario();
    scenario.script.insert({at(5s), 0, SetFault{0, FaultKind::Outage, 1}});
    scenario.script.insert({at(13s), 0, ClearFault{0, FaultKind::Outage}});
    return std::make_shared<const Scenario>(scenario);
}

Intervention anyIntervention(const World &world)
{
    std::vector<FaultKind> possible;
    for (const FaultSpec &fault : kFaultSpecs)
        if (canHave(Subject::Kind::Service, fault.kind))
            possible.push_back(fault.kind);
    const auto target = *rc::gen::inRange<uint32_t>(0, uint32_t(world.services().size()));
    const auto kind = possible[*rc::gen::inRange<size_t>(0, possible.size())];
    switch (*rc::gen::inRange(0, 5)) {
    case 0:
        return SetFault{target, kind, spec(kind).value == FaultValue::Share ? 0.5 : 1.0};
    case 1:
        return ClearFault{target, kind};
    case 2: {
        RandomStream random(*rc::gen::arbitrary<uint64_t>(), "order");
        return SetPolicies{*rc::gen::inRange<uint32_t>(0, uint32_t(world.pipelines().size())), anyOrder(random)};
    }
    default:
        return anyTurn(world);
    }
}

std::vector<Event> play(World &world, Time until)
{
    std::vector<Event> events;
    while (world.next() && world.next()->at <= until)
        world.step(events);
    world.idleTo(until);
    return events;
}

uint64_t accountedFor(const Totals &totals)
{
    return std::accumulate(totals.ended.begin(), totals.ended.end(), totals.inFlight);
}

std::vector<Event> eventsSoFar(const Timeline &timeline)
{
    std::vector<Event> events;
    for (uint64_t number = 1; number <= timeline.lastEvent(); ++number)
        events.push_back(*timeline.history().log().numbered(number));
    return events;
}

} // namespace tests
