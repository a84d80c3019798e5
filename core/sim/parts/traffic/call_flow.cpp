// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/call_flow.h"

#include "core/sim/engine/bounds.h"

#include <algorithm>

namespace resilience::sim {

CallFlow::CallFlow(const Scenario &scenario, uint64_t seed)
    : m_owners(pipelineOwnersOf(scenario)), m_totalsByClient(scenario.clients.size()),
      m_successTimes(scenario.clients.size())
{
    for (const ServiceConfig &service : scenario.services)
        m_services.emplace_back(service, seed);
    for (const ClientConfig &client : scenario.clients) {
        const uint32_t pipeline = client.sharesPipelineOf ? m_clients[*client.sharesPipelineOf].pipeline()
                                                          : addPipeline(client.pipeline, seed);
        m_clients.emplace_back(client, pipeline, seed);
        const std::string &tape = client.arrivals.arrivalStream;
        m_hasTwin.push_back(
            !tape.empty()
            && std::count_if(scenario.clients.begin(), scenario.clients.end(), [&tape](const ClientConfig &other) {
                   return other.arrivals.arrivalStream == tape;
               }) > 1);
    }
    for (Service &service : m_services)
        for (const DependencyConfig &dependency : service.config().dependencies)
            service.dependencyPipelines.push_back(addPipeline(dependency.pipeline, seed));
}

uint32_t CallFlow::addPipeline(const PipelineConfig &config, uint64_t seed)
{
    const auto index = static_cast<uint32_t>(m_pipelines.size());
    m_pipelines.emplace_back(config, RandomStream(seed, "pipeline:" + m_owners[index].name));
    m_counts.emplace_back();
    return index;
}

void CallFlow::begin(StepContext &context)
{
    for (uint32_t client = 0; client < m_clients.size(); ++client)
        scheduleArrival(client, kTimeZero, context);
}

void CallFlow::handle(const Pending &pending, StepContext &context)
{
    BorrowedSteps steps(context.workspace);
    switch (static_cast<Kind>(pending.kind)) {
    case Kind::ClientArrival:
        onArrival(pending.actor, context);
        break;
    case Kind::ReachService:
        onReachService(pending.token, context);
        break;
    case Kind::ServiceDone:
        onServiceDone(pending.token, context);
        break;
    case Kind::ReachClient:
        onReachClient(pending.token, context);
        break;
    case Kind::PolicyTimer:
        m_pipelines[pending.actor].wake(wakeUpIn(pending), context.now, *steps);
        carryOut(pending.actor, *steps, context);
        break;
    case Kind::BreakerDeadline:
        m_pipelines[pending.actor].onDeadline(context.now, *steps);
        carryOut(pending.actor, *steps, context);
        break;
    case Kind::BreakerWaitOver:
        context.record(breakerEvent(pending.actor, WaitOver{}));
        break;
    }
}

bool CallFlow::isStale(const Pending &pending) const
{
    switch (static_cast<Kind>(pending.kind)) {
    case Kind::ClientArrival:
        return pending.token != m_clients[pending.actor].ticket();
    case Kind::ServiceDone: {
        const Request *served = request(pending.token);
        return !served || served->leg != Leg::Serving || served->legEnd != pending.at;
    }
    case Kind::PolicyTimer:
        return !m_pipelines[pending.actor].isDue(wakeUpIn(pending));
    case Kind::BreakerDeadline: {
        const CircuitBreaker &breaker = m_pipelines[pending.actor].breaker();
        const auto deadline = breaker.nextDeadline();
        return pending.token != breaker.generation() || !deadline || *deadline > pending.at;
    }
    case Kind::BreakerWaitOver: {
        const CircuitBreaker &breaker = m_pipelines[pending.actor].breaker();
        return pending.token != breaker.generation() || breaker.openUntil() != pending.at;
    }
    default:
        return false;
    }
}

namespace {

std::string timerWords(const std::string &call, std::optional<PolicyKind> policy)
{
    if (!policy)
        return "nobody waits for call " + call + " any more";
    switch (*policy) {
    case PolicyKind::Hedging:
        return "another attempt of call " + call + " begins";
    case PolicyKind::RateLimiter:
        return "the turn of call " + call + " comes";
    case PolicyKind::TotalTimeout:
        return "call " + call + " is out of time";
    case PolicyKind::AttemptTimeout:
        return "call " + call + " times out";
    case PolicyKind::Retry:
        return "call " + call + " tries again";
    case PolicyKind::Bulkhead:
        return "call " + call + " gives up waiting for a slot";
    default:
        return "call " + call + " goes on";
    }
}

} // namespace

std::string CallFlow::callName(uint32_t client, uint64_t callNumber) const
{
    const std::string number = std::to_string(callNumber);
    return m_hasTwin[client] ? number + " of " + m_clients[client].config().name : number;
}

Upcoming CallFlow::describe(const Pending &pending, const ConstPartReferences &) const
{
    using Where = Upcoming::Where;
    Upcoming next{.at = pending.at};
    std::string call;
    std::string service;
    const auto isAbout = [&](uint64_t id, uint64_t callNumber, uint32_t client, uint32_t target) {
        next.request = id;
        next.callNumber = callNumber;
        next.actor = Subject::client(client);
        next.target = Subject::service(target);
        call = callName(client, callNumber);
        service = m_services[target].config().name;
    };
    const auto say = [&](Where where, std::string words, std::string brief = {}) {
        next.where = where;
        next.words = std::move(words);
        next.brief = std::move(brief);
    };
    const auto kind = static_cast<Kind>(pending.kind);
    switch (kind) {
    case Kind::ReachService:
    case Kind::ServiceDone:
    case Kind::ReachClient: {
        const Request &about = *request(pending.token);
        isAbout(about.id, about.callNumber, about.client, about.service);
        if (kind == Kind::ReachService)
            say(Where::Service, "call " + call + " reaches " + service, "call " + call + " arrives");
        else if (kind == Kind::ServiceDone)
            say(Where::Service, service + " answers call " + call, "answer to call " + call);
        else
            say(Where::Client, "the answer to call " + call + " is back", "answer " + call + " is back");
        break;
    }
    case Kind::PolicyTimer: {
        const WakeUp wake = wakeUpIn(pending);
        if (const auto key = m_pipelines[pending.actor].keyOf(wake.call))
            if (const OpenCall *open = openCall(*key))
                isAbout(open->id, open->callNumber, open->client, m_owners[open->pipeline].target);
        next.policy = wake.policy;
        say(Where::Policy, timerWords(call, wake.policy),
            wake.policy == PolicyKind::Bulkhead ? "call " + call + " gives up" : std::string());
        break;
    }
    case Kind::ClientArrival:
        next.actor = Subject::client(pending.actor);
        next.target = Subject::service(m_clients[pending.actor].config().target());
        next.isArrival = true;
        say(Where::Client, "a new call of " + m_clients[pending.actor].config().name, "a new call");
        break;
    case Kind::BreakerDeadline:
    case Kind::BreakerWaitOver:
        next.actor = m_owners[pending.actor].caller;
        next.target = Subject::service(m_owners[pending.actor].target);
        say(Where::Breaker, kind == Kind::BreakerDeadline ? "half-open runs out of time" : "the open wait is over");
        break;
    }
    return next;
}

size_t CallFlow::bytes() const
{
    size_t bytes = m_requests.bytes() + m_calls.bytes();
    for (const Pipeline &pipeline : m_pipelines)
        bytes += pipeline.bytes();
    return bytes;
}

void CallFlow::scheduleArrival(uint32_t index, Time previous, StepContext &context)
{
    Client &client = m_clients[index];
    if (const auto at = client.nextArrival(previous))
        context.schedule<CallFlow>(*at, Kind::ClientArrival, {.token = client.ticket(), .actor = index});
}

// After every change of state or of the rule: the moments at which the breaker itself has something to do or to tell.
void CallFlow::scheduleBreaker(uint32_t pipeline, StepContext &context)
{
    const CircuitBreaker &breaker = m_pipelines[pipeline].breaker();
    if (const auto deadline = breaker.nextDeadline())
        context.schedule<CallFlow>(std::max(context.now, *deadline), Kind::BreakerDeadline,
                                   {.token = breaker.generation(), .actor = pipeline});
    if (const auto until = breaker.openUntil(); until && *until > context.now)
        context.schedule<CallFlow>(*until, Kind::BreakerWaitOver, {.token = breaker.generation(), .actor = pipeline});
}

void CallFlow::onArrival(uint32_t index, StepContext &context)
{
    scheduleArrival(index, context.now, context);
    const Client &client = m_clients[index];
    if (m_totals.inFlight >= kMostCallsInFlight) {
        for (Totals *totals : {&m_totals, &totalsOf(index)})
            ++totals->notTaken;
        context.record({.actor = Subject::client(index),
                        .target = Subject::service(client.config().target()),
                        .pipeline = client.pipeline(),
                        .detail = NotTaken{m_totals.inFlight}});
        return;
    }
    const uint64_t id = ++m_lastOriginal;
    for (Totals *totals : {&m_totals, &totalsOf(index)}) {
        ++totals->offered;
        ++totals->inFlight;
    }
    const uint64_t number = m_hasTwin[index] ? totalsOf(index).offered : id;
    context.record({.actor = Subject::client(index),
                    .target = Subject::service(client.config().target()),
                    .request = id,
                    .callNumber = number,
                    .attempt = 1,
                    .pipeline = client.pipeline(),
                    .detail = Offered{}});
    startCall({.id = id, .callNumber = number, .client = index, .pipeline = client.pipeline(), .handle = {}},
              client.config().operation, Deadline::none(), context);
}

void CallFlow::onReachClient(uint64_t key, StepContext &context)
{
    if (Request &answered = *find(key); !answered.unsent && context.network.isCut(linkOf(answered))) {
        loseAnswer(answered, context);
        return;
    }
    const Request request = *find(key);
    remove(key);
    Failure failure;
    failure.kind = request.refused ? ErrorKind::NotSent : request.broken ? ErrorKind::Other : ErrorKind::ServerError;
    BorrowedSteps steps(context.workspace);
    if (m_pipelines[request.pipeline].onAnswer(request.call, request.attempt,
                                               request.failed ? Outcome::Failure : Outcome::Success, failure,
                                               context.now, *steps)) {
        carryOut(request.pipeline, *steps, context);
        return;
    }
    if (!request.caller) {
        ++m_totals.late;
        ++totalsOf(request.client).late;
    }
    context.record({.actor = Subject::client(request.client),
                    .target = Subject::service(request.service),
                    .request = request.id,
                    .callNumber = request.callNumber,
                    .attempt = request.attempt,
                    .caller = request.caller,
                    .pipeline = request.pipeline,
                    .detail = LateAnswer{}});
}

void CallFlow::reconfigure(uint32_t pipeline, const PipelineConfig &config, StepContext &context)
{
    BorrowedSteps steps(context.workspace);
    m_pipelines[pipeline].reconfigure(config, context.now, *steps);
    scheduleBreaker(pipeline, context);
    carryOut(pipeline, *steps, context);
}

void CallFlow::force(uint32_t pipeline, BreakerTrigger trigger, StepContext &context)
{
    BorrowedSteps steps(context.workspace);
    m_pipelines[pipeline].force(trigger, context.now, *steps);
    carryOut(pipeline, *steps, context);
}

void CallFlow::setRate(uint32_t index, double perSecond, StepContext &context)
{
    Client &client = m_clients[index];
    const uint64_t ticket = client.ticket();
    client.setRate(perSecond);
    if (client.ticket() != ticket)
        scheduleArrival(index, context.now, context);
}

} // namespace resilience::sim
