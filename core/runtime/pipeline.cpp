// SPDX-License-Identifier: MIT
#include "core/runtime/pipeline.h"

#include <algorithm>

namespace resilience::runtime {

namespace {

RetryConfig noRetry()
{
    RetryConfig config;
    config.maxAttempts = 1;
    return config;
}

} // namespace

Pipeline::Pipeline(PipelineConfig config)
    : m_config(std::move(config)), m_timeouts(m_config.timeouts),
      m_retry(Retry(m_config.retry.value_or(noRetry()), m_config.random), m_config.clock)
{
}

Pipeline::Ending Pipeline::callAny(const Run &run, const CallOptions &options)
{
    const Time start = m_config.clock.now();
    const Deadline deadline = m_timeouts.callDeadline(start, options.deadline);
    RetryCall state = begin(options, deadline, start);
    for (;;) {
        Ending ending = attempt(run, {state.attempts, {}, options.stop}, deadline);
        ending.attempts = state.attempts;
        if (ending.outcome == Outcome::Success)
            return ending;
        const RetryVerdict verdict = judge(state, ending);
        if (!verdict.again())
            return ending;
        // Who is asked to stop while waiting answers with the real error that it has.
        if (!m_config.clock.sleepUntil(saturatingAdd(state.latest, verdict.delay), options.stop))
            return ending;
    }
}

// One way through the inner parts, and back out of them in the opposite order.
Pipeline::Ending Pipeline::attempt(const Run &run, Attempt attempt, const Deadline &call)
{
    const auto refused = [](Policy by, const Decision &decision) {
        Ending ending;
        const bool cancelled = decision.rejection == Rejection::Cancelled;
        ending.outcome = cancelled ? Outcome::Cancelled : Outcome::Failure;
        ending.failure = {ErrorKind::Rejected, decision.retryAfter, std::nullopt};
        ending.refusal = Refusal{cancelled ? Policy::Caller : by, decision.rejection, decision.retryAfter};
        return ending;
    };
    if (attempt.stop.stop_requested())
        return refused(Policy::Caller, {{}, Rejection::Cancelled, std::nullopt});
    if (call.isOver(m_config.clock.now()))
        return refused(Policy::Timeout, {{}, Rejection::DeadlinePassed, std::nullopt});

    TokenPermit token = m_config.rateLimiter ? m_config.rateLimiter->tryAcquire() : TokenPermit();
    if (!token)
        return refused(Policy::RateLimiter, token.decision());
    BreakerPermit permit = m_config.circuitBreaker ? m_config.circuitBreaker->tryAcquire() : BreakerPermit();
    if (!permit)
        return refused(Policy::CircuitBreaker, permit.decision());
    BulkheadPermit slot = m_config.bulkhead ? m_config.bulkhead->acquire(call, attempt.stop) : BulkheadPermit();
    if (!slot)
        return refused(Policy::Bulkhead, {{}, slot.rejection(), std::nullopt});
    // The slot may have been granted in time and this thread have woken too late.
    if (call.isOver(m_config.clock.now()))
        return refused(Policy::Timeout, {{}, Rejection::DeadlinePassed, std::nullopt});

    token.use();
    Duration took{};
    Ending ending = runOnce(run, std::move(attempt), call, took);
    slot.release();
    permit.report(ending.outcome, took);
    return ending;
}

Pipeline::Ending Pipeline::runOnce(const Run &run, Attempt attempt, const Deadline &call, Duration &took) const
{
    Ending ending;
    const Time begun = m_config.clock.now();
    attempt.deadline = m_timeouts.attemptDeadline(begun, call);
    try {
        run(attempt);
    } catch (...) {
        ending.error = std::current_exception();
    }
    const Time ended = std::max(begun, m_config.clock.now());
    took = saturatingSince(ended, begun);
    const bool late = attempt.deadline.isOver(ended);
    if (!ending.error && late)
        ending.error = std::make_exception_ptr(TimedOut());
    if (!ending.error)
        return ending;
    const Judgement judgement = m_config.judge(ending.error);
    ending.outcome = attempt.stop.stop_requested() ? Outcome::Cancelled : judgement.outcome;
    ending.failure = judgement.failure;
    // An error without a kind that comes when time is up is most likely the callable's way to say so.
    if (late && ending.failure.kind == ErrorKind::Other)
        ending.failure.kind = ErrorKind::Timeout;
    return ending;
}

RetryCall Pipeline::begin(const CallOptions &options, const Deadline &deadline, Time now)
{
    const auto begun = [&](RetryBudget *budget) {
        return m_retry.with(
            [&](const Retry &retry, Time) { return retry.begin(now, options.operation, deadline, budget); });
    };
    if (!m_config.budget)
        return begun(nullptr);
    return m_config.budget->with([&](RetryBudget &budget, Time) { return begun(&budget); });
}

// Locks in the same order as begin(): the budget's, then the retry's.
RetryVerdict Pipeline::judge(RetryCall &call, const Ending &ending)
{
    const auto judged = [&](RetryBudget *budget) {
        return m_retry.with(
            [&](Retry &retry, Time now) { return retry.onResult(call, ending.outcome, ending.failure, now, budget); });
    };
    if (!m_config.budget)
        return judged(nullptr);
    return m_config.budget->with([&](RetryBudget &budget, Time) { return judged(&budget); });
}

} // namespace resilience::runtime
