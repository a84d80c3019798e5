// SPDX-License-Identifier: MIT
#include "core/io/scenario/run_counters.h"

#include <algorithm>

namespace resilience::io {

RunCounters::RunCounters(const sim::Scenario &scenario)
{
    for (const sim::PipelineOwner &owner : pipelineOwnersOf(scenario)) {
        const PolicyOrder &known = pipelineOf(owner, scenario).configured;
        const auto pipeline = static_cast<uint32_t>(m_known.size());
        m_known.push_back(known);
        if (known.has(PolicyKind::CircuitBreaker)) {
            m_breakers.emplace_back();
            m_breakers.back().owner = owner.name;
            m_breakers.back().pipeline = pipeline;
        }
    }
    const auto anyKnows = [this](PolicyKind kind) {
        return std::any_of(m_known.begin(), m_known.end(),
                           [kind](const PolicyOrder &known) { return known.has(kind); });
    };
    if (anyKnows(PolicyKind::Retry))
        m_retry.emplace();
    for (size_t i = 0; i < kPolicyKindCount; ++i) {
        const auto kind = static_cast<PolicyKind>(i);
        const bool hasOwn = kind == PolicyKind::CircuitBreaker || kind == PolicyKind::Bulkhead;
        if (roleOf(kind) == PolicyRole::Gate && !hasOwn && anyKnows(kind))
            m_gates.push_back({.kind = kind});
    }
    if (anyKnows(PolicyKind::Bulkhead))
        m_bulkhead.emplace();
    if (anyKnows(PolicyKind::AttemptTimeout) || anyKnows(PolicyKind::TotalTimeout))
        m_timeout.emplace();
    if (anyKnows(PolicyKind::Fallback))
        m_fallback.emplace();
    if (std::any_of(scenario.clients.begin(), scenario.clients.end(),
                    [](const sim::ClientConfig &client) { return client.probing.has_value(); }))
        m_healthCheck.emplace();
    if (!scenario.lock.holders.empty())
        m_lock.emplace();
}

void RunCounters::add(const sim::Event &event)
{
    if (event.pipeline < m_known.size()) {
        addToBreaker(event);
        addToPolicies(event);
    }
    if (m_healthCheck) {
        const auto *ended = event.as<sim::ProbeEnded>();
        m_healthCheck->probes += event.as<sim::ProbeSent>() != nullptr;
        m_healthCheck->failed += ended && !ended->succeeded;
        m_healthCheck->restarts += event.as<sim::Restarting>() != nullptr;
    }
    if (m_lock)
        addToLock(event);
}

void RunCounters::close(const sim::World &world)
{
    // A permit leaves no event of its own: an inner policy may turn the call away all the same.
    for (BreakerCounters &breaker : m_breakers) {
        const Pipeline &pipeline = world.pipelines()[breaker.pipeline];
        breaker.state = pipeline.breaker().view(world.now()).state;
        breaker.permitted = pipeline.passed(PolicyKind::CircuitBreaker);
    }
    BulkheadCounters bulkhead;
    FallbackCounters fallback;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        bulkhead.permitted += world.pipelines()[i].passed(PolicyKind::Bulkhead);
        fallback.answered += world.flow().countsOf(i).fellBack;
    }
    for (GateCounters &gate : m_gates) {
        gate.permitted = 0;
        for (const Pipeline &pipeline : world.pipelines())
            gate.permitted += pipeline.passed(gate.kind);
    }
    if (m_bulkhead)
        m_bulkhead->permitted = bulkhead.permitted;
    if (m_fallback)
        m_fallback->answered = fallback.answered;
}

BreakerCounters *RunCounters::breakerOf(const sim::Event &event)
{
    const auto found = std::find_if(m_breakers.begin(), m_breakers.end(),
                                    [&event](const BreakerCounters &one) { return one.pipeline == event.pipeline; });
    return found == m_breakers.end() ? nullptr : &*found;
}

void RunCounters::addToBreaker(const sim::Event &event)
{
    BreakerCounters *breaker = breakerOf(event);
    if (!breaker)
        return;
    if (const auto *sent = event.as<sim::Sent>()) {
        breaker->trials += sent->trial > 0;
    } else if (const auto *turned = event.as<sim::Rejected>()) {
        breaker->rejected += turned->by == PolicyKind::CircuitBreaker;
    } else if (const auto *moved = event.as<sim::Transitioned>()) {
        ++breaker->transitions;
        breaker->opened += moved->move.to == BreakerState::Open;
        breaker->closed += moved->move.to == BreakerState::Closed;
    } else if (const auto *finished = event.as<sim::Finished>()) {
        breaker->late += finished->recorded == Recorded::Late;
        breaker->slow += finished->slow;
    }
}

void RunCounters::addToPolicies(const sim::Event &event)
{
    if (!event.pipeline)
        return;
    if (m_retry && m_known[*event.pipeline].has(PolicyKind::Retry)) {
        m_retry->attempts += event.as<sim::Sent>() != nullptr;
        m_retry->retries += event.as<sim::RetryPlanned>() != nullptr;
        if (const auto *given = event.as<sim::RetryGivenUp>())
            ++m_retry->givenUp[static_cast<size_t>(given->why)];
    }
    if (const auto *turned = event.as<sim::Rejected>()) {
        for (GateCounters &gate : m_gates)
            gate.rejected += turned->by == gate.kind;
        if (m_bulkhead && turned->by == PolicyKind::Bulkhead)
            ++(turned->why == Rejection::WaitedInVain ? m_bulkhead->expired : m_bulkhead->rejected);
    }
    if (const auto *queued = event.as<sim::Queued>(); queued && m_bulkhead)
        m_bulkhead->queued += queued->at == PolicyKind::Bulkhead;
    if (m_timeout) {
        const auto *finished = event.as<sim::Finished>();
        const auto *late = event.as<sim::OutOfTime>();
        m_timeout->attempts += finished && finished->timedOutBy; // not by the caller's own deadline
        m_timeout->waits += late && late->by;
    }
}

void RunCounters::addToLock(const sim::Event &event)
{
    if (const auto *decided = event.as<sim::LockDecided>()) {
        m_lock->acquired += decided->outcome == LockOutcome::Acquired;
        m_lock->notAcquired += decided->outcome == LockOutcome::NotAcquired;
    } else if (const auto *tried = event.as<sim::WriteTried>()) {
        ++(tried->accepted ? m_lock->writesAccepted : m_lock->writesRefused);
        m_lock->staleAccepted += tried->accepted && tried->stale;
    }
}

} // namespace resilience::io
