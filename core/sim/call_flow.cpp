// SPDX-License-Identifier: MIT
#include "core/sim/call_flow.h"

#include <algorithm>

namespace resilience::sim {

namespace {

template <typename List> auto *withKey(List &list, uint64_t key)
{
    const auto found = std::lower_bound(list.begin(), list.end(), key,
                                        [](const auto &entry, uint64_t wanted) { return entry.key < wanted; });
    return found != list.end() && found->key == key ? &*found : nullptr;
}

} // namespace

CallFlow::CallFlow(const Scenario &scenario, uint64_t seed)
    : m_networkLatency(scenario.networkLatency), m_owners(pipelineOwnersOf(scenario)),
      m_totalsByClient(scenario.clients.size()), m_successTimes(scenario.clients.size())
{
    for (const ServiceConfig &service : scenario.services)
        m_services.emplace_back(service, seed);
    for (const ClientConfig &client : scenario.clients) {
        const uint32_t pipeline = client.sharesPipelineOf ? m_clients[*client.sharesPipelineOf].pipeline()
                                                          : addPipeline(client.pipeline, seed);
        m_clients.emplace_back(client, pipeline, seed);
        const std::string &tape = client.arrivals.tape;
        m_hasTwin.push_back(!tape.empty()
                            && std::count_if(scenario.clients.begin(), scenario.clients.end(),
                                             [&tape](const ClientConfig &other) { return other.arrivals.tape == tape; })
                                   > 1);
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

void CallFlow::begin(Turn &turn)
{
    for (uint32_t client = 0; client < m_clients.size(); ++client)
        scheduleArrival(client, kTimeZero, turn);
}

void CallFlow::handle(const Pending &pending, Turn &turn)
{
    PipelineSteps steps;
    switch (pending.kind) {
    case Pending::Kind::ClientArrival:
        onArrival(pending.actor, turn);
        break;
    case Pending::Kind::ReachService:
        onReachService(pending.token, turn);
        break;
    case Pending::Kind::ServiceDone:
        onServiceDone(pending.token, turn);
        break;
    case Pending::Kind::ReachClient:
        onReachClient(pending.token, turn);
        break;
    case Pending::Kind::PolicyTimer:
        m_pipelines[pending.actor].wake(wakeUpIn(pending), turn.now, steps);
        carryOut(pending.actor, steps, turn);
        break;
    case Pending::Kind::BreakerDeadline:
        m_pipelines[pending.actor].onDeadline(turn.now, steps);
        carryOut(pending.actor, steps, turn);
        break;
    case Pending::Kind::BreakerWaitOver: {
        const PipelineOwner &owner = m_owners[pending.actor];
        turn.tell({.client = owner.client == kNobody ? 0 : owner.client,
                   .service = owner.target,
                   .caller = owner.caller,
                   .pipeline = pending.actor,
                   .detail = WaitOver{}});
        break;
    }
    default:
        break;
    }
}

bool CallFlow::isVoid(const Pending &pending) const
{
    switch (pending.kind) {
    case Pending::Kind::ClientArrival:
        return pending.token != m_clients[pending.actor].ticket();
    case Pending::Kind::ServiceDone: {
        const Request *served = request(pending.token);
        return !served || served->leg != Leg::Serving || served->legEnd != pending.at;
    }
    case Pending::Kind::PolicyTimer:
        return !m_pipelines[pending.actor].isDue(wakeUpIn(pending));
    case Pending::Kind::BreakerDeadline: {
        const CircuitBreaker &breaker = m_pipelines[pending.actor].breaker();
        const auto deadline = breaker.nextDeadline();
        return pending.token != breaker.generation() || !deadline || *deadline > pending.at;
    }
    case Pending::Kind::BreakerWaitOver: {
        const CircuitBreaker &breaker = m_pipelines[pending.actor].breaker();
        return pending.token != breaker.generation() || breaker.openUntil() != pending.at;
    }
    default:
        return false;
    }
}

const Request *CallFlow::request(uint64_t key) const { return withKey(m_requests, key); }
const OpenCall *CallFlow::openCall(uint64_t key) const { return withKey(m_calls, key); }

void CallFlow::remove(uint64_t key)
{
    if (const Request *gone = request(key))
        m_requests.erase(m_requests.begin() + (gone - m_requests.data()));
}

void CallFlow::scheduleArrival(uint32_t index, Time previous, Turn &turn)
{
    Client &client = m_clients[index];
    if (const auto at = client.nextArrival(previous))
        turn.schedule({.at = *at, .kind = Pending::Kind::ClientArrival, .actor = index, .token = client.ticket()});
}

// After every change of state or of the rule: the moments at which the breaker itself has something to do or to tell.
void CallFlow::scheduleBreaker(uint32_t pipeline, Turn &turn)
{
    const CircuitBreaker &breaker = m_pipelines[pipeline].breaker();
    if (const auto deadline = breaker.nextDeadline())
        turn.schedule({.at = std::max(turn.now, *deadline),
                       .kind = Pending::Kind::BreakerDeadline,
                       .actor = pipeline,
                       .token = breaker.generation()});
    if (const auto until = breaker.openUntil(); until && *until > turn.now)
        turn.schedule(
            {.at = *until, .kind = Pending::Kind::BreakerWaitOver, .actor = pipeline, .token = breaker.generation()});
}

void CallFlow::onArrival(uint32_t index, Turn &turn)
{
    scheduleArrival(index, turn.now, turn);
    const Client &client = m_clients[index];
    const uint64_t id = ++m_lastOriginal;
    for (Totals *totals : {&m_totals, &totalsOf(index)}) {
        ++totals->offered;
        ++totals->inFlight;
    }
    const uint64_t number = m_hasTwin[index] ? totalsOf(index).offered : id;
    turn.tell({.client = index,
               .service = client.config().target(),
               .request = id,
               .callNumber = number,
               .attempt = 1,
               .pipeline = client.pipeline(),
               .detail = Offered{}});
    startCall({.id = id, .callNumber = number, .client = index, .pipeline = client.pipeline(), .handle = {}},
              client.config().operation, Deadline::none(), turn);
}

void CallFlow::onReachClient(uint64_t key, Turn &turn)
{
    const Request request = *find(key);
    remove(key);
    Failure failure;
    failure.kind = request.refused  ? ErrorKind::NotSent
                   : request.broken ? ErrorKind::Other
                                    : ErrorKind::ServerError;
    PipelineSteps steps;
    if (m_pipelines[request.pipeline].onAnswer(request.call, request.attempt,
                                               request.failed ? Outcome::Failure : Outcome::Success, failure, turn.now,
                                               steps)) {
        carryOut(request.pipeline, steps, turn);
        return;
    }
    if (request.caller == kNobody) {
        ++m_totals.late;
        ++totalsOf(request.client).late;
    }
    turn.tell({.client = request.client,
               .service = request.service,
               .request = request.id,
               .callNumber = request.callNumber,
               .attempt = request.attempt,
               .caller = request.caller,
               .pipeline = request.pipeline,
               .detail = LateAnswer{}});
}

void CallFlow::reconfigure(uint32_t pipeline, const PipelineConfig &config, Turn &turn)
{
    PipelineSteps steps;
    m_pipelines[pipeline].reconfigure(config, turn.now, steps);
    scheduleBreaker(pipeline, turn);
    carryOut(pipeline, steps, turn);
}

void CallFlow::force(uint32_t pipeline, BreakerTrigger trigger, Turn &turn)
{
    PipelineSteps steps;
    m_pipelines[pipeline].force(trigger, turn.now, steps);
    carryOut(pipeline, steps, turn);
}

void CallFlow::setRate(uint32_t index, double perSecond, Turn &turn)
{
    Client &client = m_clients[index];
    const uint64_t ticket = client.ticket();
    client.setRate(perSecond);
    if (client.ticket() != ticket)
        scheduleArrival(index, turn.now, turn);
}

} // namespace resilience::sim
