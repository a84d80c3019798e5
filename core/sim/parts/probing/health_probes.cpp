// SPDX-License-Identifier: MIT
#include "core/sim/parts/probing/prober.h"

#include <utility>

// One probe: how it is sent, what the service makes of it, and how it ends.
namespace resilience::sim {

namespace {

// What a health endpoint finds out when it asks all that its service cannot do without.
struct Asked {
    Duration takes{};
    bool fails = false;
    bool endless = false; // it waits for somebody who will never answer
};

Asked askDependencies(uint32_t asks, const CallFlow &flow, const Network &network)
{
    Asked asked;
    const Duration roundTrip = saturatingAdd(network.latency(), network.latency());
    for (const DependencyConfig &dependency : flow.services()[asks].config().dependencies) {
        if (dependency.optional || asked.fails)
            continue;
        const Service &other = flow.services()[dependency.target];
        const bool cut = network.isCut({Subject::service(asks), Subject::service(dependency.target)});
        if (other.gone() && !cut) {
            asked.takes = saturatingAdd(asked.takes, roundTrip);
            asked.fails = true;
        } else if (cut || other.fault(FaultKind::Hang) || other.paused()) {
            asked.takes = saturatingAdd(asked.takes, dependency.pipeline.attemptTimeout);
            asked.endless |= !dependency.pipeline.order.has(PolicyKind::AttemptTimeout);
            asked.fails = true;
        } else {
            const Duration added = fromSeconds(other.fault(FaultKind::Latency).value_or(0.0));
            asked.takes =
                saturatingAdd(asked.takes, saturatingAdd(roundTrip, saturatingAdd(other.config().latency, added)));
        }
    }
    return asked;
}

void lose(ProbeFlight &flight)
{
    flight.leg = Leg::Lost;
    flight.legEnd = kTimeMax;
}

} // namespace

void Prober::scheduleFlight(const Place &place, const ProbeFlight &flight, Kind kind, Time at)
{
    place.context.schedule<Prober>(at, kind,
                                   {.token = flight.serial,
                                    .payload = place.index,
                                    .actor = place.watch.client,
                                    .detail = static_cast<uint8_t>(flight.kind)});
}

Link Prober::linkOf(const Place &place)
{
    return {Subject::client(place.watch.client), Subject::service(place.target.service)};
}

Event Prober::eventOf(const Place &place, EventDetail detail)
{
    const Link link = linkOf(place);
    return {.actor = link.asks, .target = link.answers, .detail = std::move(detail)};
}

void Prober::onDue(const Place &place, Series series)
{
    const Time now = place.context.now;
    Beat &beat = place.target.beats[static_cast<size_t>(series)];
    beat.last = now;
    schedule(place.watch, place.index, series, saturatingAdd(now, place.watch.config.interval), place.context);
    const bool started = place.target.check.view(now).started;
    const Probe kind = series == Series::Readiness ? Probe::Readiness : started ? Probe::Liveness : Probe::Startup;
    const Decision decision = place.target.check.tryAcquire(kind, now);
    if (!decision)
        return; // the one before it is still out

    // Every probe draws the same number of values, so that a fault does not change the luck of those after it.
    RandomStream &random = place.watch.random;
    const Network &network = place.context.network;
    const Link link = linkOf(place);
    const Transit there = network.send(link, now, random.unit());
    ProbeFlight flight{.kind = kind,
                       .serial = ++m_lastProbe,
                       .permit = decision.permit,
                       .sentAt = now,
                       .legStart = now,
                       .legEnd = there.arrivesAt,
                       .lostOutbound = there.lost,
                       .lostInbound = network.losesAnswer(link, random.unit())};
    flight.luck.spread = random.unit();
    flight.luck.error = random.unit();
    flight.luck.spike = random.unit();
    place.context.record(eventOf(place, ProbeSent{kind}));
    flight.event = place.context.lastNumber;

    scheduleFlight(place, flight, Kind::ProbeReaches, flight.legEnd);
    if (const Time deadline = *place.target.check.view(now).of(kind).deadline; deadline < kTimeMax)
        scheduleFlight(place, flight, Kind::ProbeTimeout, deadline);
    place.target.flights[static_cast<size_t>(kind)] = flight;
}

void Prober::onReaches(const Place &place, ProbeFlight &flight)
{
    const Service &service = place.flow.services()[place.target.service];
    const Service::Plan plan = service.planFor(flight.luck);
    flight.legStart = place.context.now;
    if (flight.lostOutbound || place.context.network.isCut(linkOf(place)) || service.paused()
        || plan.kind == Service::Plan::Kind::NeverAnswer) {
        lose(flight);
        return;
    }
    flight.failed = plan.fails;
    const double factor = service.warmUpFactor(place.context.now);
    Duration takes = factor == 1.0 ? plan.takes : fromSeconds(toSeconds(plan.takes) * factor);
    const ProbingConfig &config = place.watch.config;
    const bool asks = flight.kind == Probe::Readiness  ? config.readinessAsksDependencies
                      : flight.kind == Probe::Liveness ? config.livenessAsksDependencies
                                                       : false;
    if (plan.kind == Service::Plan::Kind::Serve && asks) {
        const Asked asked = askDependencies(place.target.service, place.flow, place.context.network);
        if (asked.endless) {
            lose(flight);
            return;
        }
        takes = saturatingAdd(takes, asked.takes);
        flight.failed |= asked.fails;
    }
    flight.leg = Leg::Serving;
    flight.legEnd = saturatingAdd(place.context.now, takes);
    if (takes == Duration::zero()) // refused: there is nothing to wait for
        onServed(place, flight);
    else
        scheduleFlight(place, flight, Kind::ProbeServed, flight.legEnd);
}

void Prober::onServed(const Place &place, ProbeFlight &flight)
{
    const Service &service = place.flow.services()[place.target.service];
    flight.legStart = place.context.now;
    flight.failed |= service.gone();
    if (flight.lostInbound || place.context.network.isCut(linkOf(place)) || service.paused()
        || service.fault(FaultKind::Hang)) {
        lose(flight);
        return;
    }
    flight.leg = Leg::Inbound;
    flight.legEnd = saturatingAdd(place.context.now, place.context.network.latency());
    scheduleFlight(place, flight, Kind::ProbeAnswer, flight.legEnd);
}

void Prober::onAnswer(const Place &place, ProbeFlight &flight)
{
    if (place.context.network.isCut(linkOf(place))) {
        lose(flight);
        return;
    }
    place.target.check.onResult(flight.kind, flight.permit, flight.failed ? Outcome::Failure : Outcome::Success,
                                place.context.now - flight.sentAt, place.context.now);
    tellEnd(place, flight, false);
    judge(place);
}

void Prober::expire(const Place &place)
{
    const auto due = place.target.check.nextDeadline();
    if (!due || *due > place.context.now)
        return;
    place.target.check.onDeadline(place.context.now);
    const HealthView view = place.target.check.view(place.context.now);
    for (const Probe kind : {Probe::Startup, Probe::Liveness, Probe::Readiness})
        if (const auto &flight = place.target.flights[static_cast<size_t>(kind)]; flight && !view.of(kind).running)
            tellEnd(place, *flight, true);
    judge(place);
}

void Prober::tellEnd(const Place &place, const ProbeFlight &ended, bool timedOut)
{
    const ProbeFlight flight = ended;
    place.target.flights[static_cast<size_t>(flight.kind)].reset();
    const HealthView view = place.target.check.view(place.context.now);
    const ProbeView &probe = view.of(flight.kind);
    const Duration latency = place.context.now - flight.sentAt;
    const HealthCheckConfig &rule = place.target.check.config();
    const bool answered = !timedOut && !flight.failed;
    const bool succeeded = answered && latency <= rule.unhealthyLatency;
    place.context.record(eventOf(place, ProbeEnded{flight.kind, succeeded, timedOut, latency, view.status,
                                                   probe.succeededInARow, probe.failedInARow}));
    auto &recent = place.target.recent[flight.kind == Probe::Readiness ? 0 : 1];
    if (recent.size() == kRecent)
        recent.erase(recent.begin());
    recent.push_back({.event = place.context.lastNumber,
                      .at = place.context.now,
                      .kind = flight.kind,
                      .succeeded = succeeded,
                      .timedOut = timedOut,
                      .slow = answered && latency > rule.degradedLatency,
                      .latency = latency});
}

} // namespace resilience::sim
