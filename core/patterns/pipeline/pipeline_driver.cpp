// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline/pipeline_driver.h"

namespace resilience {

void PipelineDriver::push(decltype(PipelineStep::what) what)
{
    m_out.push_back({m_call, m_pipeline.m_calls[m_call.place].key, what});
}

void PipelineDriver::wakeAt(Time at, uint32_t strand, uint32_t level)
{
    if (at == kTimeMax)
        return;
    const PolicyNest &nest = state().nest;
    push(WakeUp{at, level < nest.size() ? std::optional{nest[level].kind} : std::nullopt, m_call, strand, level});
}

void PipelineDriver::send(SendAttempt attempt)
{
    const PolicyNest &nest = state().nest;
    for (size_t level = nest.size(); level-- > 0;) {
        if (nest[level].kind != PolicyKind::CircuitBreaker)
            continue;
        const auto &breaker = policy<CircuitBreaker>(nest[level]);
        attempt.state = breaker.state();
        attempt.trial = attempt.permit.trial ? breaker.view(m_now).trialsGiven : 0;
        break;
    }
    push(attempt);
}

void PipelineDriver::turnedBack(uint32_t, const PolicyLayer &layer, Rejection why, std::optional<Duration> retryAfter,
                                Time now)
{
    PolicyRejected back{.by = layer.kind, .why = why, .retryAfter = retryAfter};
    if (layer.kind == PolicyKind::CircuitBreaker) {
        const BreakerView view = policy<CircuitBreaker>(layer).view(now);
        back.state = view.state;
        back.since = view.since;
        back.generation = view.generation;
    }
    push(back);
}

GateAnswer PipelineDriver::askGate(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps)
{
    if (layer.kind == PolicyKind::CircuitBreaker)
        return askBreaker(layer, now, keeps);
    if (layer.kind == PolicyKind::Bulkhead)
        return askBulkhead(layer, now, strand, keeps);
    return std::visit(
        [&](auto &core) -> GateAnswer {
            if constexpr (GateCore<std::remove_reference_t<decltype(core)>>)
                return resilience::askGate(core, now, limitOf(strand), keeps);
            return GateAnswer::passed();
        },
        m_pipeline.m_policies[layer.slot]);
}

void PipelineDriver::tellGate(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now,
                              std::optional<size_t> told)
{
    if (layer.kind == PolicyKind::CircuitBreaker)
        return tellBreaker(layer, passed, heard, now, told);
    std::visit([&](auto &core) { resilience::tellGate(core, passed, heard, now); }, m_pipeline.m_policies[layer.slot]);
}

void PipelineDriver::reportMove(const CircuitBreaker &breaker, uint64_t generationBefore, BreakerState before)
{
    if (breaker.generation() != generationBefore)
        m_out.push_back({{}, 0, BreakerMoved{before, breaker.view(m_now)}});
}

GateAnswer PipelineDriver::askBreaker(const PolicyLayer &layer, Time now, LayerState &keeps)
{
    auto &breaker = policy<CircuitBreaker>(layer);
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    const GateAnswer answer = resilience::askGate(breaker, now, {}, keeps);
    reportMove(breaker, generation, state);
    return answer;
}

void PipelineDriver::tellBreaker(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now,
                                 std::optional<size_t> told)
{
    const Duration took = saturatingSince(now, passed.since);
    auto &breaker = policy<CircuitBreaker>(layer);
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    const Recorded recorded = breaker.onResult(passed.permit, heard, took, now);
    const BreakerView after = breaker.view(now);
    const bool moved = after.generation != generation;
    if (told)
        if (auto &over = std::get<AttemptOver>(m_out[*told].what); !over.judgement)
            over.judgement =
                BreakerJudgement{.recorded = recorded,
                                 .trial = passed.permit.trial,
                                 .slow = took > breaker.config().slowCallDuration,
                                 .state = state,
                                 .generation = generation,
                                 .window = moved ? after.lastWindow : after.window,
                                 .trialsSucceeded = moved ? after.lastTrialsSucceeded : after.trialsSucceeded,
                                 .trialsFailed = moved ? after.lastTrialsFailed : after.trialsFailed};
    reportMove(breaker, generation, state);
}

GateAnswer PipelineDriver::askBulkhead(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps)
{
    const Admission admission = policy<Bulkhead>(layer).tryAcquire(now, limitOf(strand).moment());
    rememberWaiters(layer.slot);
    if (admission.kind == Admission::Kind::Rejected)
        return slotAnswer(admission, now, keeps);
    auto &occupants = m_pipeline.m_guests[layer.slot];
    if (occupants.size() <= admission.ticket.place)
        occupants.resize(admission.ticket.place + size_t{1});
    occupants[admission.ticket.place] = {m_call, strand, layer.slot, admission.ticket, false};
    return slotAnswer(admission, now, keeps);
}

void PipelineDriver::leaveBulkhead(const PolicyLayer &layer, Ticket ticket, Time now)
{
    policy<Bulkhead>(layer).release(ticket, now);
    rememberWaiters(layer.slot);
}

void PipelineDriver::expireWaiters(const PolicyLayer &layer, Time now)
{
    policy<Bulkhead>(layer).onDeadline(now);
    rememberWaiters(layer.slot);
}

void PipelineDriver::rememberWaiters(size_t slot)
{
    const auto &bulkhead = std::get<Bulkhead>(m_pipeline.m_policies[slot]);
    const auto remember = [&](std::span<const Ticket> tickets, bool granted) {
        for (const Ticket &ticket : tickets) {
            Pipeline::Waiter waiter = m_pipeline.m_guests[slot][ticket.place];
            waiter.granted = granted;
            m_pipeline.m_settled.push_back(waiter);
        }
    };
    remember(bulkhead.expired(), false);
    remember(bulkhead.granted(), true);
}

// A call counts once, however many policies share the budget: the outermost one tells it.
RetryBudget *PipelineDriver::budgetThatCounts(uint32_t level) const
{
    for (size_t outer = 0; outer < level; ++outer)
        if (const PolicyKind kind = state().nest[outer].kind; kind == PolicyKind::Retry || kind == PolicyKind::Hedging)
            return nullptr;
    return budget();
}

RetryCall PipelineDriver::beginRetry(const PolicyLayer &layer, uint32_t level, Time now, const Operation &operation,
                                     const Deadline &limit)
{
    return policy<Retry>(layer).begin(now, operation, limit, budgetThatCounts(level));
}

RetryVerdict PipelineDriver::judgeRetry(const PolicyLayer &layer, RetryCall &call, const CallEnding &ending, Time now)
{
    return policy<Retry>(layer).onResult(call, ending.seen(), ending.failure, now, budget());
}

bool PipelineDriver::mayHedge(const PolicyLayer &layer, const Operation &operation) const
{
    return policy<Hedging>(layer).config().maxAttempts > 1 && operation.mayRepeat();
}

HedgedCall PipelineDriver::beginHedge(const PolicyLayer &layer, uint32_t level, Time now, const Operation &operation,
                                      const Deadline &limit)
{
    return policy<Hedging>(layer).begin(now, operation, limit, budgetThatCounts(level));
}

std::optional<Time> PipelineDriver::nextHedge(const PolicyLayer &layer, const HedgedCall &call) const
{
    return policy<Hedging>(layer).nextDeadline(call);
}

HedgingVerdict PipelineDriver::hedgeDue(const PolicyLayer &layer, HedgedCall &call, Time now)
{
    return policy<Hedging>(layer).onDeadline(call, now, budget());
}

HedgingVerdict PipelineDriver::judgeHedge(const PolicyLayer &layer, HedgedCall &call, uint32_t number,
                                          const CallEnding &ending, Time now)
{
    return policy<Hedging>(layer).onResult(call, number, ending.seen(), ending.failure, now, budget());
}

bool PipelineDriver::mayFallBack(const PolicyLayer &layer, const CallEnding &ending, Time)
{
    return policy<Fallback>(layer).onResult(ending.seen(), ending.failure);
}

static_assert(CallDriver<PipelineDriver>);

} // namespace resilience
