// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline_walk.h"

namespace resilience {

CallHandle Pipeline::Walk::handleOf(const Call &call) const
{
    return {static_cast<uint32_t>(&call - pipeline.m_calls.data()), call.serial};
}

void Pipeline::Walk::tell(const Call &call, decltype(PipelineStep::what) what)
{
    out.push_back({handleOf(call), call.key, std::move(what)});
}

// The earliest of the limits around the place where the call is now: those further inside are not running.
Deadline Pipeline::Walk::limitOf(const Call &call) const
{
    Deadline limit = call.deadline;
    for (const auto &end : {call.totalEnd, call.attemptEnd})
        if (end)
            limit = limit.earlier(Deadline::at(*end));
    return limit;
}

void Pipeline::Walk::inwards(Call &call, size_t level)
{
    if (limitOf(call).isOver(now)) {
        endTooLate(call, level);
        return;
    }
    for (; level < call.order.size(); ++level) {
        if (!enter(call, level))
            return;
        countPass(call.order[level]);
    }
    call.out = true;
    call.sentAt = now;
    ++call.attempts;
    SendAttempt send{.attempt = call.attempts, .deadline = limitOf(call), .state = pipeline.m_breaker.state()};
    if (call.permit) {
        send.permit = *call.permit;
        send.trial = call.permit->trial ? pipeline.m_breaker.view(now).trialsGiven : 0;
    }
    tell(call, send);
}

// Whichever limit it was, its own timer has not come yet, or is the caller's.
void Pipeline::Walk::endTooLate(Call &call, size_t level)
{
    const auto isOver = [this](const std::optional<Time> &end) { return end && *end <= now; };
    if (isOver(call.totalEnd))
        cutOff(call, call.order.levelOf(PolicyKind::TotalTimeout));
    else if (isOver(call.attemptEnd))
        cutOff(call, call.order.levelOf(PolicyKind::AttemptTimeout));
    else
        outwards(call, level,
                 {.outcome = Outcome::Failure,
                  .failure = {.kind = ErrorKind::Rejected},
                  .rejection = Rejection::DeadlinePassed});
}

bool Pipeline::Walk::enter(Call &call, size_t level)
{
    switch (call.order[level]) {
    case PolicyKind::Fallback:
        return true;
    case PolicyKind::TotalTimeout:
        startLimit(call, PolicyKind::TotalTimeout, call.totalEnd, pipeline.m_config.totalTimeout);
        return true;
    case PolicyKind::AttemptTimeout:
        startLimit(call, PolicyKind::AttemptTimeout, call.attemptEnd, pipeline.m_config.attemptTimeout);
        return true;
    case PolicyKind::Retry:
        call.retry = pipeline.m_retry.begin(now, call.operation, limitOf(call), budget());
        return true;
    case PolicyKind::RateLimiter:
        return enterLimiter(call, level);
    case PolicyKind::CircuitBreaker:
        return enterBreaker(call, level);
    case PolicyKind::Bulkhead:
        return enterBulkhead(call, level);
    }
    return true;
}

void Pipeline::Walk::startLimit(Call &call, PolicyKind kind, std::optional<Time> &end, Duration limit)
{
    end = saturatingAdd(now, limit);
    tell(call, WakeUp{*end, kind, handleOf(call)});
}

void Pipeline::Walk::waitAt(Call &call, PolicyKind kind, std::optional<Time> until)
{
    call.waitsAt = kind;
    call.waitSince = now;
    call.wakesAt = until.value_or(kTimeMax);
    tell(call, WaitBegun{kind, until});
    if (until)
        tell(call, WakeUp{*until, kind, handleOf(call)});
}

void Pipeline::Walk::turnBack(Call &call, size_t level, const TurnedBack &why)
{
    tell(call, why);
    CallEnding ending{.outcome = Outcome::Failure, .by = why.by, .rejection = why.why};
    ending.failure = {.kind = ErrorKind::Rejected, .retryAfter = why.retryAfter, .retryable = {}};
    outwards(call, level, ending);
}

bool Pipeline::Walk::enterLimiter(Call &call, size_t level)
{
    const LimiterDecision decision = pipeline.m_limiter.tryAcquire(now);
    if (!decision) {
        turnBack(call, level,
                 {.by = PolicyKind::RateLimiter, .why = decision.rejection, .retryAfter = decision.retryAfter});
        return false;
    }
    if (decision.wait <= Duration::zero())
        return true;
    waitAt(call, PolicyKind::RateLimiter, saturatingAdd(now, decision.wait));
    return false;
}

bool Pipeline::Walk::enterBreaker(Call &call, size_t level)
{
    CircuitBreaker &breaker = pipeline.m_breaker;
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    const Decision decision = breaker.tryAcquire(now);
    reportMove(generation, state);
    if (decision) {
        call.permit = decision.permit;
        call.permittedAt = now;
        return true;
    }
    const BreakerView view = breaker.view(now);
    turnBack(
        call, level,
        {PolicyKind::CircuitBreaker, decision.rejection, decision.retryAfter, view.state, view.since, view.generation});
    return false;
}

bool Pipeline::Walk::enterBulkhead(Call &call, size_t level)
{
    const Admission admission = pipeline.m_bulkhead.tryAcquire(now, limitOf(call).moment());
    rememberWaiters();
    if (!admission.permitted() && !admission.queued()) {
        turnBack(call, level, {.by = PolicyKind::Bulkhead, .why = admission.rejection, .retryAfter = {}});
        return false;
    }
    call.ticket = admission.ticket;
    auto &slots = pipeline.m_slots;
    if (slots.size() <= call.ticket.place)
        slots.resize(call.ticket.place + size_t{1});
    slots[call.ticket.place] = handleOf(call);
    call.slotSince = now;
    if (admission.permitted())
        return true;
    waitAt(call, PolicyKind::Bulkhead, admission.waitsUntil);
    return false;
}

void Pipeline::Walk::rememberWaiters()
{
    const Bulkhead &bulkhead = pipeline.m_bulkhead;
    for (const Ticket &ticket : bulkhead.expired())
        pipeline.m_moved.emplace_back(pipeline.m_slots[ticket.place], false);
    for (const Ticket &ticket : bulkhead.granted())
        pipeline.m_moved.emplace_back(pipeline.m_slots[ticket.place], true);
}

void Pipeline::Walk::serveWaiters()
{
    for (size_t i = 0; i < pipeline.m_moved.size(); ++i) {
        const auto [handle, granted] = pipeline.m_moved[i];
        Call *call = pipeline.find(handle);
        if (!call || call->waitsAt != PolicyKind::Bulkhead)
            continue;
        const size_t level = *call->order.levelOf(PolicyKind::Bulkhead);
        call->waitsAt.reset();
        if (granted) {
            call->slotSince = now;
            tell(*call, WaitEnded{PolicyKind::Bulkhead, now - call->waitSince});
            countPass(PolicyKind::Bulkhead);
            inwards(*call, level + 1);
        } else {
            call->ticket = {};
            turnBack(*call, level, {.by = PolicyKind::Bulkhead, .why = Rejection::WaitedInVain, .retryAfter = {}});
        }
    }
    pipeline.m_moved.clear();
}

void Pipeline::Walk::reportMove(uint64_t generationBefore, BreakerState before)
{
    const CircuitBreaker &breaker = pipeline.m_breaker;
    if (breaker.generation() != generationBefore)
        out.push_back({{}, 0, BreakerMoved{before, breaker.view(now)}});
}

} // namespace resilience
