// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline_walk.h"

#include <utility>

namespace resilience {

void Pipeline::Walk::outwards(Call &call, size_t level, CallEnding ending, size_t over)
{
    while (level-- > 0)
        if (!leave(call, level, ending, over))
            return;
    tell(call, CallDone{ending});
    free(call);
}

bool Pipeline::Walk::leave(Call &call, size_t level, CallEnding &ending, size_t over)
{
    switch (call.order[level]) {
    case PolicyKind::Fallback:
        ending.fellBack = ending.fellBack || answers(ending);
        return true;
    case PolicyKind::TotalTimeout:
        call.totalEnd.reset();
        return true;
    case PolicyKind::AttemptTimeout:
        call.attemptEnd.reset();
        return true;
    case PolicyKind::Retry:
        return leaveRetry(call, ending);
    case PolicyKind::RateLimiter:
        return true;
    case PolicyKind::CircuitBreaker:
        leaveBreaker(call, ending, over);
        return true;
    case PolicyKind::Bulkhead:
        leaveBulkhead(call);
        return true;
    }
    return true;
}

bool Pipeline::Walk::answers(const CallEnding &ending) const
{
    const FallbackConfig &config = pipeline.m_config.fallback;
    if (ending.outcome != Outcome::Failure)
        return false;
    if (ending.rejection != Rejection::None)
        return config.onRejection;
    return ending.timedOut() ? config.onTimeout : config.onFailure;
}

bool Pipeline::Walk::leaveRetry(Call &call, const CallEnding &ending)
{
    const Outcome outcome = ending.fellBack ? Outcome::Success : ending.outcome;
    const RetryVerdict verdict = pipeline.m_retry.onResult(call.retry, outcome, ending.failure, now, budget());
    if (verdict.kind == RetryVerdict::Kind::Done)
        return true;
    const Time next = saturatingAdd(now, verdict.delay);
    tell(call, RetryDecided{verdict, next});
    if (!verdict.again())
        return true;
    call.waitsAt = PolicyKind::Retry;
    call.waitSince = now;
    call.wakesAt = next;
    tell(call, WakeUp{next, PolicyKind::Retry, handleOf(call)});
    return false;
}

void Pipeline::Walk::leaveBreaker(Call &call, const CallEnding &ending, size_t over)
{
    if (!call.permit)
        return;
    CircuitBreaker &breaker = pipeline.m_breaker;
    const uint64_t generation = breaker.generation();
    const BreakerState state = breaker.state();
    const Duration took = now - call.permittedAt;
    // What an inner policy turned back says nothing about the target.
    const Outcome outcome = ending.rejection != Rejection::None ? Outcome::Cancelled : ending.outcome;
    const Permit permit = *std::exchange(call.permit, std::nullopt);
    const Recorded recorded = breaker.onResult(permit, outcome, took, now);

    const BreakerView after = breaker.view(now);
    const bool moved = after.generation != generation;
    if (over != kNoStep)
        std::get<AttemptOver>(out[over].what).judgement =
            BreakerJudgement{.recorded = recorded,
                             .trial = permit.trial,
                             .slow = took > breaker.config().slowCallDuration,
                             .state = state,
                             .generation = generation,
                             .window = moved ? after.lastWindow : after.window,
                             .trialsSucceeded = moved ? after.lastTrialsSucceeded : after.trialsSucceeded,
                             .trialsFailed = moved ? after.lastTrialsFailed : after.trialsFailed};
    reportMove(generation, state);
}

void Pipeline::Walk::leaveBulkhead(Call &call)
{
    if (call.ticket.serial == 0)
        return;
    pipeline.m_bulkhead.release(std::exchange(call.ticket, {}), now);
    rememberWaiters();
}

void Pipeline::Walk::cutOff(Call &call, std::optional<size_t> level)
{
    const PolicyKind by = level ? call.order[*level] : PolicyKind::TotalTimeout;
    CallEnding ending{.outcome = level ? Outcome::Failure : Outcome::Cancelled};
    if (level) {
        ending.by = by;
        ending.failure.kind = ErrorKind::Timeout;
    }
    size_t over = kNoStep;
    if (call.out) {
        over = out.size();
        tell(call, AttemptOver{call.attempts, ending, now - call.sentAt, true, std::nullopt});
    } else if (level) {
        tell(call, RanOutOfTime{by});
    }
    call.out = false;
    call.waitsAt.reset();

    const CallEnding cancelled{.outcome = Outcome::Cancelled};
    for (size_t inner = call.order.size(); inner-- > (level ? *level + 1 : 0);) {
        switch (call.order[inner]) {
        case PolicyKind::TotalTimeout:
            call.totalEnd.reset();
            break;
        case PolicyKind::AttemptTimeout:
            call.attemptEnd.reset();
            break;
        case PolicyKind::CircuitBreaker:
            leaveBreaker(call, cancelled, kNoStep);
            break;
        case PolicyKind::Bulkhead:
            leaveBulkhead(call);
            break;
        default:
            break;
        }
    }
    if (level)
        outwards(call, *level + 1, ending, over);
    else
        free(call);
}

void Pipeline::Walk::free(Call &call)
{
    pipeline.m_free.push_back(static_cast<uint32_t>(&call - pipeline.m_calls.data()));
    --pipeline.m_underWay;
    call = {};
}

} // namespace resilience
