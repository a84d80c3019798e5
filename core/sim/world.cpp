// SPDX-License-Identifier: MIT
#include "core/sim/world.h"

#include "core/sim/event_digest.h"
#include "core/sim/knobs.h"

#include <algorithm>

namespace resilience::sim {

World::World(const Scenario &scenario, uint64_t seed) : m_networkLatency(scenario.networkLatency)
{
    for (const ServiceConfig &service : scenario.services)
        m_services.emplace_back(service, seed);
    for (const ClientConfig &client : scenario.clients)
        m_clients.emplace_back(client, seed);
    for (uint32_t client = 0; client < m_clients.size(); ++client)
        scheduleArrival(client, kTimeZero);
}

std::optional<Pending> World::next() const
{
    return m_queue.empty() ? std::nullopt : std::optional{m_queue.top()};
}

bool World::step(Out &out)
{
    if (m_queue.empty())
        return false;
    const Pending pending = m_queue.top();
    m_queue.pop();
    moveTo(pending.at);
    ++m_steps;
    ++m_stepsThisInstant;

    switch (pending.kind) {
    case Pending::Kind::ClientArrival: onArrival(pending.actor, out); break;
    case Pending::Kind::ReachService: onReachService(*find(pending.token), out); break;
    case Pending::Kind::ServiceDone: onServiceDone(*find(pending.token), out); break;
    case Pending::Kind::ReachClient: onReachClient(pending.token, out); break;
    case Pending::Kind::AttemptTimeout: onTimeout(pending.token, out); break;
    case Pending::Kind::BreakerDeadline: onBreakerDeadline(pending.actor, out); break;
    case Pending::Kind::BreakerWaitOver:
        publish({.client = pending.actor, .service = m_clients[pending.actor].config().target, .detail = WaitOver{}}, out);
        break;
    }
    dropVoid();
    return true;
}

void World::idleTo(Time t) { moveTo(t); }

std::optional<ConfigError> World::apply(const Intervention &what, Out &out)
{
    if (const auto *set = std::get_if<SetFault>(&what)) {
        m_services[set->service].set(set->kind, set->value);
        publish({.service = set->service, .detail = FaultSet{set->kind, set->value}}, out);
    } else if (const auto *clear = std::get_if<ClearFault>(&what)) {
        if (m_services[clear->service].fault(clear->kind)) {
            m_services[clear->service].clear(clear->kind);
            publish({.service = clear->service, .detail = FaultCleared{clear->kind}}, out);
        }
    } else {
        const TurnKnob &turn = std::get<TurnKnob>(what);
        const KnobSpec &knob = knobs()[turn.knob];
        if (auto error = checkKnobValue(knob, turn.value))
            return error;
        if (knob.get(*this) == turn.value)
            return std::nullopt;
        std::vector<std::pair<uint64_t, BreakerState>> before;
        for (const Client &client : m_clients)
            before.emplace_back(client.breaker.generation(), client.breaker.state());
        try {
            knob.set(*this, turn.value);
        } catch (const InvalidConfig &invalid) {
            return invalid.error();
        }
        publish({.detail = KnobTurned{turn.knob, turn.value}}, out);
        for (uint32_t client = 0; client < m_clients.size(); ++client) {
            scheduleBreaker(client);
            reportTransition(client, before[client].first, before[client].second, 0, out);
        }
    }
    dropVoid();
    return std::nullopt;
}

const Request *World::request(uint64_t id) const
{
    const auto found = std::lower_bound(m_requests.begin(), m_requests.end(), id,
                                        [](const Request &request, uint64_t wanted) { return request.id < wanted; });
    return found != m_requests.end() && found->id == id ? &*found : nullptr;
}

Request *World::find(uint64_t id) { return const_cast<Request *>(request(id)); }

void World::remove(uint64_t id)
{
    std::erase_if(m_requests, [id](const Request &request) { return request.id == id; });
}

void World::onArrival(uint32_t index, Out &out)
{
    Client &client = m_clients[index];
    scheduleArrival(index, m_now);

    const uint64_t id = ++m_lastRequest;
    const uint32_t service = client.config().target;
    ++m_totals.offered;
    publish({.client = index, .service = service, .request = id, .attempt = 1, .detail = Offered{}}, out);

    const uint64_t generation = client.breaker.generation();
    const BreakerState state = client.breaker.state();
    const Decision decision = client.breaker.tryAcquire(m_now);
    reportTransition(index, generation, state, id, out);
    if (!decision) {
        ++m_totals.ended[static_cast<size_t>(RequestOutcome::ShortCircuited)];
        const BreakerView view = client.breaker.view(m_now);
        publish({.client = index, .service = service, .request = id, .attempt = 1,
              .detail = TurnedAway{decision.rejection, decision.retryAfter, view.state, view.since, view.generation}},
             out);
        return;
    }

    Request request{.id = id, .client = index, .service = service, .permit = decision.permit, .sentAt = m_now,
                    .timeoutAt = saturatingAdd(m_now, client.config().timeout), .leg = Leg::Outbound, .legStart = m_now,
                    .legEnd = saturatingAdd(m_now, m_networkLatency)};
    const uint32_t trial = decision.permit.trial ? client.breaker.view(m_now).trialsGiven : 0;
    m_requests.push_back(request);
    ++m_totals.inFlight;
    ++m_totals.attempts;
    m_queue.push({.at = request.legEnd, .kind = Pending::Kind::ReachService, .actor = index, .token = id});
    m_queue.push({.at = request.timeoutAt, .kind = Pending::Kind::AttemptTimeout, .actor = index, .token = id});
    publish(eventOf(request, Sent{decision.permit, client.breaker.state(), trial}), out);
}

void World::onReachService(Request &request, Out &out)
{
    const Service::Plan plan = m_services[request.service].receive();
    publish(eventOf(request, ReachedService{}), out);
    request.legStart = m_now;
    switch (plan.kind) {
    case Service::Plan::Kind::Refuse:
        request.refused = true;
        request.failed = true;
        onServiceDone(request, out);
        return;
    case Service::Plan::Kind::NeverAnswer:
        request.leg = Leg::Lost;
        request.legEnd = kTimeMax;
        if (request.abandoned)
            remove(request.id);
        return;
    case Service::Plan::Kind::Serve:
        request.failed = plan.fails;
        request.leg = Leg::Serving;
        request.legEnd = saturatingAdd(m_now, plan.takes);
        m_queue.push({.at = request.legEnd, .kind = Pending::Kind::ServiceDone, .actor = request.client, .token = request.id});
        return;
    }
}

void World::onServiceDone(Request &request, Out &out)
{
    request.leg = Leg::Inbound;
    request.legStart = m_now;
    request.legEnd = saturatingAdd(m_now, m_networkLatency);
    m_queue.push({.at = request.legEnd, .kind = Pending::Kind::ReachClient, .actor = request.client, .token = request.id});
    publish(eventOf(request, Answered{request.failed, request.refused}), out);
}

void World::onReachClient(uint64_t id, Out &out)
{
    const Request request = *find(id);
    remove(id);
    if (request.abandoned) {
        ++m_totals.late;
        publish(eventOf(request, LateAnswer{}), out);
        return;
    }
    finish(request, request.failed ? RequestOutcome::Failed : RequestOutcome::Succeeded, out);
}

void World::onTimeout(uint64_t id, Out &out)
{
    Request &request = *find(id);
    request.abandoned = true;
    const Request copy = request;
    if (copy.leg == Leg::Lost)
        remove(id);
    finish(copy, RequestOutcome::TimedOut, out);
}

void World::finish(const Request &request, RequestOutcome outcome, Out &out)
{
    --m_totals.inFlight;
    ++m_totals.ended[static_cast<size_t>(outcome)];

    CircuitBreaker &breaker = m_clients[request.client].breaker;
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    const Duration took = m_now - request.sentAt;
    const bool failed = outcome != RequestOutcome::Succeeded;
    const Recorded recorded = breaker.onResult(request.permit, failed ? Outcome::Failure : Outcome::Success, took, m_now);

    const BreakerView after = breaker.view(m_now);
    const bool moved = after.generation != generation;
    Finished finished{.outcome = outcome, .took = took, .slow = took > breaker.config().slowCallDuration,
                      .refused = request.refused && outcome == RequestOutcome::Failed, .trial = request.permit.trial,
                      .state = state, .generation = generation, .recorded = recorded,
                      .window = moved ? after.lastWindow : after.window,
                      .trialsSucceeded = moved ? after.lastTrialsSucceeded : after.trialsSucceeded,
                      .trialsFailed = moved ? after.lastTrialsFailed : after.trialsFailed};
    publish(eventOf(request, finished), out);
    reportTransition(request.client, generation, state, request.id, out);
}

void World::onBreakerDeadline(uint32_t index, Out &out)
{
    CircuitBreaker &breaker = m_clients[index].breaker;
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    breaker.onDeadline(m_now);
    reportTransition(index, generation, state, 0, out);
}

void World::scheduleArrival(uint32_t index, Time previous)
{
    Client &client = m_clients[index];
    if (const auto at = client.nextArrival(previous))
        m_queue.push({.at = *at, .kind = Pending::Kind::ClientArrival, .actor = index, .token = client.ticket()});
}

// After every change of state or of the rule: the moments at which the breaker itself has something to do or to tell.
void World::scheduleBreaker(uint32_t index)
{
    const CircuitBreaker &breaker = m_clients[index].breaker;
    if (const auto deadline = breaker.nextDeadline())
        m_queue.push({.at = std::max(m_now, *deadline), .kind = Pending::Kind::BreakerDeadline, .actor = index,
                      .token = breaker.generation()});
    if (const auto until = breaker.openUntil(); until && *until > m_now)
        m_queue.push({.at = *until, .kind = Pending::Kind::BreakerWaitOver, .actor = index, .token = breaker.generation()});
}

void World::reportTransition(uint32_t index, uint64_t generationBefore, BreakerState stateBefore, uint64_t request, Out &out)
{
    const Client &client = m_clients[index];
    if (client.breaker.generation() == generationBefore)
        return;
    const BreakerView view = client.breaker.view(m_now);
    Transitioned moved{.move = {stateBefore, *view.lastTrigger, view.state}, .generation = view.generation,
                       .window = view.lastWindow, .trialsSucceeded = view.lastTrialsSucceeded,
                       .trialsFailed = view.lastTrialsFailed, .trialsSlow = view.lastTrialsSlow,
                       .wait = view.openUntil ? *view.openUntil - view.since : Duration{}};
    publish({.client = index, .service = client.config().target, .request = request, .detail = moved}, out);
    scheduleBreaker(index);
}

void World::publish(Event event, Out &out)
{
    event.at = m_now;
    event.number = ++m_events;
    digest(m_fingerprint, event);
    out.push_back(std::move(event));
}

Event World::eventOf(const Request &request, EventDetail detail) const
{
    return {.client = request.client, .service = request.service, .request = request.id, .attempt = request.attempt,
            .detail = std::move(detail)};
}

// Whether what was scheduled has been overtaken: its request has ended, its breaker has moved on.
bool World::isVoid(const Pending &pending) const
{
    switch (pending.kind) {
    case Pending::Kind::ClientArrival: return pending.token != m_clients[pending.actor].ticket();
    case Pending::Kind::AttemptTimeout: {
        const Request *waiting = request(pending.token);
        return !waiting || waiting->abandoned;
    }
    case Pending::Kind::BreakerDeadline: {
        const CircuitBreaker &breaker = m_clients[pending.actor].breaker;
        const auto deadline = breaker.nextDeadline();
        return pending.token != breaker.generation() || !deadline || *deadline > pending.at;
    }
    case Pending::Kind::BreakerWaitOver: {
        const CircuitBreaker &breaker = m_clients[pending.actor].breaker;
        return pending.token != breaker.generation() || breaker.openUntil() != pending.at;
    }
    default: return false;
    }
}

void World::dropVoid()
{
    while (!m_queue.empty() && isVoid(m_queue.top()))
        m_queue.pop();
}

void World::moveTo(Time t)
{
    if (t == m_now)
        return;
    m_now = t;
    m_stepsThisInstant = 0;
}

} // namespace resilience::sim
