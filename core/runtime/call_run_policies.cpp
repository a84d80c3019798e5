// SPDX-License-Identifier: MIT
#include "core/runtime/call_run.h"

#include <algorithm>
#include <utility>

// What the walk asks of a call's home.
namespace resilience::runtime {

GateAnswer CallRun::askGate(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps)
{
    if (layer.kind == PolicyKind::CircuitBreaker)
        return askBreaker(layer, now, keeps);
    const Deadline limit = Walk::limitOf(m_state, strand);
    if (layer.kind == PolicyKind::RateLimiter)
        return askLimiter(layer, now, limit, keeps);
    if (layer.kind == PolicyKind::Bulkhead)
        return askBulkhead(layer, now, limit, strand, keeps);
    GateAnswer answer = GateAnswer::passed();
    m_setup.withGate(layer, [&](auto &core) { answer = resilience::askGate(core, now, limit, keeps); });
    return answer;
}

GateAnswer CallRun::askLimiter(const PolicyLayer &layer, Time now, const Deadline &limit, LayerState &keeps)
{
    return std::visit(
        [&](const auto &limiter) {
            if constexpr (requires { limiter->tryAcquireAt(now, 1, limit); })
                return gateAnswer<false>(limiter->tryAcquireAt(now, 1, limit), now, keeps);
            else
                return gateAnswer<false>(limiter->tryAcquireAt(now, 1), now, keeps);
        },
        policy<AnySharedLimiter>(layer));
}

GateAnswer CallRun::askBreaker(const PolicyLayer &layer, Time now, LayerState &keeps)
{
    if (!m_setup.config.observer)
        return gateAnswer<true>(m_setup.breaker(layer)->tryAcquireAt(now), now, keeps);
    std::optional<BreakerMoved> moved;
    const GateAnswer answer = gateAnswer<true>(m_setup.breaker(layer)->tryAcquireAt(now, &moved), now, keeps);
    if (moved)
        m_setup.tell(*moved);
    return answer;
}

GateAnswer CallRun::askBulkhead(const PolicyLayer &layer, Time now, const Deadline &limit, uint32_t strand,
                                LayerState &keeps)
{
    if (!m_queueing)
        m_queueing.emplace();
    Place *place = &m_queueing->first;
    for (auto other = m_queueing->others.begin(); place->serial != 0; ++other) {
        if (other == m_queueing->others.end())
            other = m_queueing->others.emplace(other);
        place = &*other;
    }
    place->run = this;
    place->strand = strand;
    place->slot = layer.slot;
    place->granted.reset();
    const Admission admission = m_setup.bulkhead(layer)->tryAcquireAt(now, limit, *place);
    place->serial = admission.queued() ? admission.ticket.serial : 0;
    return slotAnswer(admission, now, keeps);
}

void CallRun::Place::settled(bool isGranted) noexcept
{
    std::unique_lock lock(run->m_queueing->mutex);
    granted = isGranted;
    std::stop_source wake = run->m_queueing->wake;
    lock.unlock();
    wake.request_stop();
}

RetryCall CallRun::beginRetry(const PolicyLayer &layer, uint32_t, Time now, const Operation &operation,
                              const Deadline &limit)
{
    return withBudget(m_setup.counts[layer.slot], [&](RetryBudget *budget) {
        return m_setup.retries[layer.slot]->with(
            [&](const Retry &core) { return core.begin(now, operation, limit, budget); });
    });
}

RetryVerdict CallRun::judgeRetry(const PolicyLayer &layer, RetryCall &call, const CallEnding &ending, Time now)
{
    if (ending.seen() == Outcome::Success)
        return {};
    return withBudget(policy<RetryPolicy>(layer).budget, [&](RetryBudget *budget) {
        return m_setup.retries[layer.slot]->with(
            [&](Retry &core) { return core.onResult(call, outcomeUnder(ending), ending.failure, now, budget); });
    });
}

// For policies that might answer once more: after a request to stop nobody wants that, whatever the error was.
Outcome CallRun::outcomeUnder(const CallEnding &ending) const
{
    const bool stopped = ending.seen() == Outcome::Failure && m_options.stop.stop_requested();
    return stopped ? Outcome::Cancelled : ending.seen();
}

bool CallRun::mayHedge(const PolicyLayer &layer, const Operation &operation) const
{
    return m_setup.hedgings[layer.slot].config().maxAttempts > 1 && operation.mayRepeat();
}

HedgedCall CallRun::beginHedge(const PolicyLayer &layer, uint32_t, Time now, const Operation &operation,
                               const Deadline &limit)
{
    return withBudget(m_setup.counts[layer.slot], [&](RetryBudget *budget) {
        return m_setup.hedgings[layer.slot].begin(now, operation, limit, budget);
    });
}

std::optional<Time> CallRun::nextHedge(const PolicyLayer &layer, const HedgedCall &call) const
{
    return m_setup.hedgings[layer.slot].nextDeadline(call);
}

HedgingVerdict CallRun::hedgeDue(const PolicyLayer &layer, HedgedCall &call, Time now)
{
    return withBudget(policy<HedgingPolicy>(layer).budget,
                      [&](RetryBudget *budget) { return m_setup.hedgings[layer.slot].onDeadline(call, now, budget); });
}

HedgingVerdict CallRun::judgeHedge(const PolicyLayer &layer, HedgedCall &call, uint32_t number,
                                   const CallEnding &ending, Time now)
{
    return withBudget(policy<HedgingPolicy>(layer).budget, [&](RetryBudget *budget) {
        return m_setup.hedgings[layer.slot].onResult(call, number, outcomeUnder(ending), ending.failure, now, budget);
    });
}

bool CallRun::mayFallBack(const PolicyLayer &layer, const CallEnding &ending, Time)
{
    if (!m_call.hasFallback())
        return false;
    return policy<std::shared_ptr<SharedFallback>>(layer)->with(
        [&](Fallback &core) { return core.onResult(outcomeUnder(ending), ending.failure); });
}

void CallRun::turnedBack(uint32_t, const PolicyLayer &layer, Rejection why, std::optional<Duration> retryAfter, Time)
{
    if (!m_setup.config.observer)
        return;
    PolicyRejected back{.by = layer.kind, .why = why, .retryAfter = retryAfter};
    if (layer.kind == PolicyKind::CircuitBreaker) {
        const BreakerView view = m_setup.breaker(layer)->view();
        back.state = view.state;
        back.since = view.since;
        back.generation = view.generation;
    }
    m_setup.tell(back);
}

bool CallRun::fallBack(uint32_t strand, const CallEnding &primary)
{
    // Inside of hedging there are attempts beside it, which must not wait for it.
    if (m_hedged && m_state.strands[strand].parent != kNoStrand)
        startTask(strand, {.attempt = 0, .number = m_state.strands[strand].number}, &primary);
    else
        m_toRun = strand;
    return false;
}

static_assert(CallDriver<CallRun>);

} // namespace resilience::runtime
