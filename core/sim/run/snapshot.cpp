// SPDX-License-Identifier: MIT
#include "core/sim/run/snapshot.h"

#include "core/sim/run/faulty_variants.h"

#include <algorithm>

namespace resilience::sim {

namespace {

// How far back the log is searched; a quiet breaker may have had its last transition long ago.
constexpr uint64_t kLookBack = 2000;

RecentEnd endOf(const Event &event, RequestOutcome outcome)
{
    RecentEnd end{.event = event.number,
                  .request = event.request,
                  .callNumber = event.callNumber,
                  .client = event.actor.index,
                  .outcome = outcome,
                  .at = event.at};
    if (const auto *finished = event.as<Finished>()) {
        end.trial = finished->trial;
        end.slow = finished->slow;
        end.recorded = finished->recorded;
        end.state = finished->state;
        end.generation = finished->generation;
    } else if (const auto *away = event.as<Rejected>()) {
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
        if (event->as<Transitioned>())
            for (ClientView &client : snapshot.clients)
                if (client.pipeline == event->pipeline && client.lastTransition == 0)
                    client.lastTransition = number;
    }
    std::reverse(snapshot.recent.begin(), snapshot.recent.end());

    const Time from = timeline.now() - std::min(Snapshot::kEventsFor, timeline.now() - kTimeZero);
    uint64_t begin = last + 1;
    while (begin > log.firstNumber() && last + 1 - begin < Snapshot::kEvents && log.numbered(begin - 1)->at >= from)
        --begin;
    for (uint64_t number = begin; number <= last; ++number)
        snapshot.events.push_back(*log.numbered(number));
}

PipelineView viewOf(const Timeline &timeline, uint32_t index)
{
    const World &world = timeline.world();
    const CallFlow &flow = world.flow();
    const Pipeline &pipeline = world.pipelines()[index];
    PipelineView view{.owner = flow.owners()[index],
                      .config = pipeline.config(),
                      .breaker = pipeline.breaker().view(world.now()),
                      .bulkhead = pipeline.bulkhead().view(world.now()),
                      .permits = pipeline.rateLimiter().available(world.now()),
                      .mostInAWindow = timeline.milestones().mostInAWindow(index),
                      .underWay = pipeline.underWay(),
                      .counts = flow.countsOf(index)};
    if (pipeline.retryBudget())
        view.budget = pipeline.retryBudget()->view(world.now());
    if (!view.config.order.has(PolicyKind::Bulkhead))
        return view;
    for (const OpenCall &call : flow.openCalls()) {
        if (call.pipeline != index)
            continue;
        for (const Pipeline::Occupant &occupant : pipeline.occupants(call.handle)) {
            const auto out = std::find_if(call.out.begin(), call.out.end(), [&occupant](const OpenCall::Out &one) {
                return occupant.attempt == 0 || one.attempt == occupant.attempt;
            });
            const Request *request = out == call.out.end() ? nullptr : flow.request(out->request);
            const bool known = request && request->legEnd != kTimeMax;
            BulkheadOccupant shown{.request = call.id,
                                   .callNumber = call.callNumber,
                                   .client = call.client,
                                   .since = occupant.since,
                                   .until = occupant.until};
            if (!occupant.waits && known)
                shown.until = request->leg == Leg::Inbound    ? request->legEnd
                              : request->leg == Leg::Outbound ? saturatingAdd(
                                    request->legEnd, saturatingAdd(world.services()[request->service].config().latency,
                                                                   world.networkLatency()))
                                                              : saturatingAdd(request->legEnd, world.networkLatency());
            (occupant.waits ? view.inQueue : view.inSlots).push_back(shown);
        }
    }
    const auto older = [](const BulkheadOccupant &a, const BulkheadOccupant &b) { return a.since < b.since; };
    std::stable_sort(view.inSlots.begin(), view.inSlots.end(), older);
    std::stable_sort(view.inQueue.begin(), view.inQueue.end(), older);
    return view;
}

ClientView viewOf(const World &world, uint32_t index)
{
    const Client &client = world.clients()[index];
    const ClientConfig &config = client.config();
    const Pipeline &pipeline = world.pipelines()[client.pipeline()];
    ClientView view{.name = config.name,
                    .role = config.role,
                    .target = config.target(),
                    .pipeline = client.pipeline(),
                    .arrivals = config.arrivals.kind,
                    .rate = config.arrivals.rate,
                    .hasTwin = world.flow().hasTwin(index),
                    .timeout = pipeline.config().attemptTimeout,
                    .operation = config.operation,
                    .rule = pipeline.breaker().config(),
                    .breaker = pipeline.breaker().view(world.now()),
                    .totals = world.flow().totalsByClient()[index],
                    .medianSuccess = world.flow().successTimesOf(index).percentile(0.5),
                    .p99Success = world.flow().successTimesOf(index).percentile(0.99),
                    .targets = config.targets};
    for (size_t i = 0; i < config.targets.size(); ++i)
        view.routed.push_back(client.isRouted(i));
    return view;
}

ServiceView viewOf(const Service &service, Time now)
{
    const ServiceConfig &config = service.config();
    return {.name = config.name,
            .role = config.role,
            .latency = config.latency,
            .errorRate = config.errorRate,
            .workers = config.workers,
            .busy = service.busy(),
            .queueRoom = config.queue,
            .queued = static_cast<uint32_t>(service.queue().size()),
            .restarting = service.restarting(),
            .slowedBy = service.warmUpFactor(now),
            .recognisesRequestIds = service.requestIds.has_value(),
            .counts = service.counts};
}

// Those of the network belong to no part, so a component's are put together here.
void addFaults(const World &world, Snapshot &snapshot)
{
    for (uint32_t i = 0; i < snapshot.components.size(); ++i) {
        const ActiveFaults &faults = snapshot.componentFaults.emplace_back(world.faultsOf(i));
        const Subject &subject = snapshot.components[i].subject;
        if (subject.isService())
            snapshot.services[subject.index].faults = faults;
        forEachView(world.parts(), snapshot, [&](const auto &, auto &view) {
            if constexpr (requires { view.setFaults(subject, faults); })
                view.setFaults(subject, faults);
        });
    }
}

} // namespace

Snapshot snapshotOf(const Timeline &timeline) { return SnapshotMaker().of(timeline); }

Snapshot SnapshotMaker::of(const Timeline &timeline)
{
    const World &world = timeline.world();
    const Scenario &scenario = timeline.scenario();
    Snapshot snapshot;
    snapshot.scenario = scenario.name;
    snapshot.seed = timeline.seed();
    snapshot.now = world.now();
    snapshot.until = scenario.until;
    snapshot.scripted = !scenario.script.entries().empty();
    snapshot.speed = scenario.speed;
    snapshot.networkLatency = world.networkLatency();
    snapshot.requests = {world.requests().begin(), world.requests().end()};
    snapshot.totals = world.totals();
    snapshot.next = timeline.upcoming();
    for (uint32_t i = 0; i < world.clients().size(); ++i)
        snapshot.clients.push_back(viewOf(world, i));
    for (const Service &service : world.services())
        snapshot.services.push_back(viewOf(service, world.now()));
    for (uint32_t i = 0; i < world.pipelines().size(); ++i)
        snapshot.pipelines.push_back(viewOf(timeline, i));
    snapshot.components = world.components();
    for (const OpenCall &call : world.flow().openCalls()) {
        const Pipeline &pipeline = world.pipelines()[call.pipeline];
        if (const auto at = pipeline.waitsAt(call.handle))
            snapshot.waiting.push_back(
                {call.id, call.client, call.pipeline, *at, call.sent, pipeline.waitsSince(call.handle)});
    }
    forEachView(world.parts(), snapshot, [&world](const auto &part, auto &view) { view = part.view(world.now()); });
    addFaults(world, snapshot);
    for (FaultSpan span : timeline.history().faults()) {
        if (span.from > world.now())
            continue;
        if (span.to && *span.to > world.now())
            span.to.reset(); // that lies ahead
        snapshot.faults.push_back(span);
    }
    snapshot.traffic = m_traffic.read(timeline);
    snapshot.faultyVariants = brokenVariantsOn(world);
    snapshot.lockStory = m_lockStory.read(timeline);
    snapshot.goodput = goodputAt(timeline.history(), scenario, world.now());
    const DurationHistogram durations = recentDurations(timeline.history(), world.now());
    snapshot.medianLatency = durations.percentile(0.5);
    snapshot.p99Latency = durations.percentile(0.99);
    lookBack(timeline, snapshot);
    return snapshot;
}

} // namespace resilience::sim
