// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/call_flow.h"

#include <algorithm>
#include <cmath>
#include <utility>

// What happens to a request inside a service.
namespace resilience::sim {

namespace {

Event eventOf(const Request &request, EventDetail detail)
{
    return {.actor = Subject::client(request.client),
            .target = Subject::service(request.service),
            .request = request.id,
            .callNumber = request.callNumber,
            .attempt = request.attempt,
            .caller = request.caller,
            .pipeline = request.pipeline,
            .detail = std::move(detail)};
}

} // namespace

// No answer will come.
void CallFlow::lose(Request &request)
{
    request.leg = Leg::Lost;
    request.legEnd = kTimeMax;
    if (request.abandoned)
        remove(request.key);
}

void CallFlow::loseAnswer(Request &request, StepContext &context)
{
    context.record(sim::eventOf(request, MessageLost{true}));
    lose(request);
}

void CallFlow::onReachService(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    Service &service = m_services[request.service];
    if (request.lostOutbound || context.network.isCut(linkOf(request))) {
        context.record(sim::eventOf(request, MessageLost{false}));
        lose(request);
        return;
    }
    ++service.counts.reached;
    const Service::Plan plan = service.receive();
    request.takes = plan.takes;
    request.failed = plan.fails;
    request.legStart = context.now;
    request.legEnd = kTimeMax;
    if (plan.kind == Service::Plan::Kind::Refuse) {
        context.record(sim::eventOf(request, ReachedService{}));
        request.refused = true;
        ++service.counts.refused;
        leaveService(request, {.failed = true, .refused = true}, context);
        return;
    }
    admit(key, context);
}

// To a worker, to the queue, or out again.
void CallFlow::admit(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    Service &service = m_services[request.service];
    if (service.paused()) {
        context.record(sim::eventOf(request, ReachedService{true}));
        request.leg = Leg::Queued;
        service.held.push_back(key);
        return;
    }
    if (service.hasFreeWorker()) {
        context.record(sim::eventOf(request, ReachedService{}));
        beginServing(key, context);
    } else if (service.enqueue(key)) {
        context.record(sim::eventOf(request, ReachedService{true}));
        request.leg = Leg::Queued;
    } else {
        context.record(sim::eventOf(request, ReachedService{}));
        refuseForRoom(key, context);
    }
}

void CallFlow::refuseForRoom(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    ++m_services[request.service].counts.overloaded;
    request.overloaded = true;
    leaveService(request, {.failed = true, .overloaded = true}, context);
}

void CallFlow::beginServing(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    Service &service = m_services[request.service];
    request.legStart = context.now;
    if (service.hangs()) { // its worker is gone until the fault ends
        service.hang();
        lose(request);
        return;
    }
    service.takeWorker();
    request.leg = Leg::Serving;
    const double factor = service.warmUpFactor(context.now);
    const Duration takes = factor == 1.0 ? request.takes : fromSeconds(toSeconds(request.takes) * factor);
    request.legEnd = saturatingAdd(context.now, takes);
    context.schedule<CallFlow>(request.legEnd, Kind::ServiceDone, {.token = key, .actor = request.client});
}

void CallFlow::onServiceDone(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    Service &service = m_services[request.service];
    if (service.paused()) {
        request.legEnd = kTimeMax;
        service.held.push_back(key);
        return;
    }
    continueServing(key, context);
}

// Its own work is done: the dependencies one after the other, and then the answer. The first that it cannot do without
// and that fails ends it.
void CallFlow::continueServing(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    const Service &service = m_services[request.service];
    const auto &dependencies = service.config().dependencies;
    if (request.failed || request.nextDependency >= dependencies.size()) {
        answer(key, context);
        return;
    }
    request.legEnd = kTimeMax;
    const uint32_t pipeline = service.dependencyPipelines[request.nextDependency];
    const uint32_t target = dependencies[request.nextDependency].target;
    const Deadline deadline = service.config().dropsExpired ? request.deadline : Deadline::none();
    startCall({.id = request.id,
               .callNumber = request.callNumber,
               .client = request.client,
               .caller = Subject::service(request.service),
               .pipeline = pipeline,
               .target = target,
               .parent = key,
               .handle = {}},
              m_clients[request.client].config().operation, deadline, context);
}

void CallFlow::onDependencyDone(uint64_t key, bool succeeded, StepContext &context)
{
    Request *request = find(key);
    if (!request || request->leg != Leg::Serving)
        return;
    const auto &dependencies = m_services[request->service].config().dependencies;
    if (!succeeded && !dependencies[request->nextDependency].optional)
        request->failed = true;
    ++request->nextDependency;
    if (m_services[request->service].paused())
        m_services[request->service].held.push_back(key);
    else
        continueServing(key, context);
}

void CallFlow::answer(uint64_t key, StepContext &context)
{
    Request &request = *find(key);
    Service &service = m_services[request.service];
    Answered answered{.failed = request.failed};
    const bool first = !service.requestIds || claimRequestId(request, context);
    answered.stored = !first && !request.failed;
    answered.failed = request.failed;
    if (first && !request.failed) {
        answered.carriedOut = true;
        answered.again = service.doneBefore(request.id);
        ++service.counts.carriedOut;
        service.counts.again += answered.again;
    }
    service.counts.stored += answered.stored;
    service.freeWorker();
    const uint32_t index = request.service;
    leaveService(request, answered, context);
    startNext(index, context);
}

// Whether its work is to be done now. A request that was carried out before gets the stored answer, one that another
// attempt is at fails.
bool CallFlow::claimRequestId(Request &request, StepContext &context)
{
    if (!m_clients[request.client].config().operation.hasRequestId || request.failed)
        return true;
    auto &store = *m_services[request.service].requestIds;
    const RequestId id{request.pipeline, request.id};
    const Claim<bool> claim = store.claim(id, 0, context.now);
    if (claim.kind == Claimed::New)
        store.complete(id, claim.serial, true, context.now);
    else if (claim.kind != Claimed::Done && claim.kind != Claimed::Full)
        request.failed = true;
    return claim.kind == Claimed::New || claim.kind == Claimed::Full;
}

// Whether somebody whom it is done for has given up: its caller, or whoever that one works for.
bool CallFlow::isForNobody(const Request &request) const
{
    const Request *one = &request;
    while (one && !one->abandoned && one->parent != 0)
        one = this->request(one->parent);
    return !one || one->abandoned;
}

void CallFlow::leaveService(Request &request, Answered answered, StepContext &context)
{
    ++m_services[request.service].counts.answered;
    request.failed = answered.failed;
    answered.forNobody = isForNobody(request);
    request.legStart = context.now;
    context.record(sim::eventOf(request, answered));
    if (request.lostInbound || context.network.isCut(linkOf(request))) {
        loseAnswer(request, context);
        return;
    }
    request.leg = Leg::Inbound;
    // A caller inside the same data centre is as far away as a client.
    request.legEnd = saturatingAdd(context.now, context.network.latency());
    context.schedule<CallFlow>(request.legEnd, Kind::ReachClient, {.token = request.key, .actor = request.client});
}

void CallFlow::startNext(uint32_t index, StepContext &context)
{
    Service &service = m_services[index];
    while (service.hasFreeWorker() && !service.paused()) {
        const auto key = service.dequeue();
        if (!key)
            return;
        Request &request = *find(*key);
        if (service.config().dropsExpired && request.deadline.isOver(context.now)) {
            ++service.counts.dropped;
            context.record(sim::eventOf(request, Dropped{}));
            // A caller without a limit of its own still waits, and a worker of it with it.
            if (request.abandoned)
                remove(*key);
            else
                leaveService(request, {.failed = true}, context);
            continue;
        }
        beginServing(*key, context);
    }
}

void CallFlow::setFault(const Subject &service, FaultKind kind, double value, StepContext &context)
{
    const uint32_t index = service.index;
    const bool wasOn = m_services[index].fault(kind).has_value();
    m_services[index].set(kind, value);
    if (kind == FaultKind::Crash && !wasOn)
        crash(index, context);
}

void CallFlow::clearFault(uint32_t index, FaultKind kind, StepContext &context)
{
    Service &service = m_services[index];
    service.clear(kind);
    if (kind == FaultKind::Crash)
        service.startCold(context.now);
    if (kind == FaultKind::Hang) {
        service.dropHung();
        startNext(index, context);
    }
    if (kind == FaultKind::Pause) {
        const auto held = std::exchange(service.held, {});
        for (const uint64_t key : held) {
            const Request *request = find(key);
            if (!request)
                continue;
            if (request->leg == Leg::Serving)
                continueServing(key, context);
            else if (service.hasFreeWorker())
                beginServing(key, context);
            else if (!service.enqueue(key))
                refuseForRoom(key, context);
        }
        startNext(index, context);
    }
}

void CallFlow::crash(uint32_t index, StepContext &context)
{
    Service &service = m_services[index];
    service.dropAll();
    std::vector<uint64_t> broken;
    // None is worked on any more before the first dependency is cancelled: that may end the waiting of another.
    m_requests.forEach([&](Request &request) {
        if (request.service == index && (request.leg == Leg::Serving || request.leg == Leg::Queued)) {
            request.leg = Leg::Lost;
            broken.push_back(request.key);
        }
    });
    for (const uint64_t key : broken)
        cancelDependency(key, context);
    for (const uint64_t key : broken) {
        find(key)->broken = true;
        leaveService(*find(key), {.failed = true}, context);
    }
}

// The call to a dependency that a request waits for, if there is one.
void CallFlow::cancelDependency(uint64_t parent, StepContext &context)
{
    const Request *request = find(parent);
    const OpenCall *open = request ? findCall(request->dependencyCall) : nullptr;
    if (!open)
        return;
    const OpenCall call = *open;
    BorrowedSteps steps(context.workspace);
    m_pipelines[call.pipeline].cancel(call.handle, context.now, *steps);
    carryOut(call.pipeline, *steps, context);
    m_calls.erase(call.key);
}

void CallFlow::restart(uint32_t index, StepContext &context)
{
    m_services[index].setRestarting(true);
    ++m_services[index].counts.restarts;
    crash(index, context);
}

void CallFlow::restarted(uint32_t index, StepContext &context)
{
    m_services[index].setRestarting(false);
    m_services[index].startCold(context.now);
}

} // namespace resilience::sim
