// SPDX-License-Identifier: MIT
#include "core/runtime/call_run.h"

#include <algorithm>
#include <utility>

// What the walk asks of a call's home.
namespace resilience::runtime {

LimiterDecision CallRun::askLimiter(const PolicyLayer &layer, Time now, const Deadline &limit)
{
    return std::visit(
        [&](const auto &limiter) -> LimiterDecision {
            const auto decision = [&] {
                if constexpr (requires { limiter->tryAcquireAt(now, 1, limit); })
                    return limiter->tryAcquireAt(now, 1, limit);
                else
                    return limiter->tryAcquireAt(now, 1);
            }();
            if constexpr (requires { decision.wait; })
                return {decision.rejection, decision.retryAfter, decision ? decision.wait : Duration::zero()};
            else
                return {decision.rejection, decision.retryAfter, Duration::zero()};
        },
        policy<AnyLimiter>(layer));
}

Decision CallRun::askBreaker(const PolicyLayer &layer, Time now)
{
    if (!m_setup.config.observer)
        return m_setup.breaker(layer)->tryAcquireAt(now);
    std::optional<BreakerMoved> moved;
    const Decision decision = m_setup.breaker(layer)->tryAcquireAt(now, &moved);
    if (moved)
        m_setup.tell(*moved);
    return decision;
}

void CallRun::tellBreaker(const PolicyLayer &layer, const Permit &permit, Outcome heard, Duration took, Time now,
                          std::optional<size_t>)
{
    if (!m_setup.config.observer) {
        m_setup.breaker(layer)->reportAt(permit, heard, took, now);
        return;
    }
    std::optional<BreakerMoved> moved;
    m_setup.breaker(layer)->reportAt(permit, heard, took, now, &moved);
    if (moved)
        m_setup.tell(*moved);
}

Admission CallRun::askBulkhead(const PolicyLayer &layer, Time now, const Deadline &limit, uint32_t strand)
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
    return admission;
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
