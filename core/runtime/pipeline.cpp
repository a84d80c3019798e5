// SPDX-License-Identifier: MIT
#include "core/runtime/pipeline.h"

#include "core/runtime/hedged_attempts.h"

#include <algorithm>
#include <span>
#include <type_traits>

namespace resilience::runtime {

namespace {

bool mayHedge(const AnyPolicy &policy)
{
    const auto *hedging = std::get_if<HedgingPolicy>(&policy);
    return hedging && hedging->config.maxAttempts > 1;
}

const SharedRetryBudget *budgetOf(const AnyPolicy &policy)
{
    if (const auto *retry = std::get_if<RetryPolicy>(&policy))
        return retry->budget.get();
    if (const auto *hedging = std::get_if<HedgingPolicy>(&policy))
        return hedging->budget.get();
    return nullptr;
}

// Why an attempt must not begin now, if so.
std::optional<Ending> tooLate(const Attempt &attempt, Time now)
{
    if (attempt.stop.stop_requested())
        return refusedEnding(Policy::Caller, Rejection::Cancelled);
    if (attempt.deadline.isOver(now))
        return refusedEnding(Policy::Timeout, Rejection::DeadlinePassed);
    return std::nullopt;
}

} // namespace

Pipeline::Pipeline(PipelineConfig config) : m_config(std::move(config))
{
    std::vector<AnyPolicy> &policies = m_config.policies;
    if (auto error = validate(policies))
        throw InvalidConfig(*error);
    const auto isFallback = [](const AnyPolicy &policy) {
        return std::holds_alternative<std::shared_ptr<SharedFallback>>(policy);
    };
    if (std::ranges::none_of(policies, isFallback))
        policies.insert(policies.begin(), std::make_shared<SharedFallback>(Fallback(), m_config.clock));
    m_hedges = std::ranges::any_of(policies, mayHedge);
    for (const AnyPolicy &policy : policies) {
        const auto *retry = std::get_if<RetryPolicy>(&policy);
        m_retries.push_back(
            retry ? std::make_unique<Guarded<Retry>>(
                Retry(retry->config, retry->random ? *retry->random : RandomStream::fromSystem()), m_config.clock)
                  : nullptr);
    }
}

Ending Pipeline::callAny(Call &call, const CallOptions &options, void *slot)
{
    const Attempt first{1, options.deadline, options.stop};
    if (auto refused = tooLate(first, m_config.clock.now()))
        return *refused;
    return enter(0, call, first, slot);
}

Ending Pipeline::enter(size_t place, Call &call, const Attempt &attempt, void *slot)
{
    if (place == m_config.policies.size())
        return runOnce(attempt, [&] { call.run(attempt, slot); });
    return std::visit([&](const auto &policy) { return pass(policy, place, call, attempt, slot); },
                      m_config.policies[place]);
}

Ending Pipeline::pass(const std::shared_ptr<SharedFallback> &fallback, size_t place, Call &call, const Attempt &attempt,
                      void *slot)
{
    Ending primary = enter(place + 1, call, attempt, slot);
    if (!call.hasFallback())
        return primary;
    const bool answers = fallback->with(
        [&](Fallback &core, Time) { return core.onResult(outcomeUnder(attempt.stop, primary), primary.failure); });
    if (!answers)
        return primary;
    Ending ending = runOnce(attempt, [&] { call.fallBack(primary, slot); });
    if (ending.refusal) // nobody is left who wants the answer
        return primary;
    ending.primary = primary.primary;
    ending.took = primary.took;
    ending.sent = primary.sent;
    ending.fromFallback = true;
    return ending;
}

Ending Pipeline::pass(const TimeoutPolicy &timeout, size_t place, Call &call, const Attempt &attempt, void *slot)
{
    Attempt inner = attempt;
    inner.deadline = attempt.deadline.earlier(Deadline::in(timeout.limit, m_config.clock.now()));
    return enter(place + 1, call, inner, slot);
}

Ending Pipeline::pass(const RetryPolicy &policy, size_t place, Call &call, const Attempt &attempt, void *slot)
{
    Guarded<Retry> &retry = *m_retries[place];
    RetryCall state = withBudget(countsRequest(place) ? policy.budget : nullptr, [&](RetryBudget *budget) {
        return retry.with(
            [&](const Retry &core, Time now) { return core.begin(now, call.operation(), attempt.deadline, budget); });
    });
    Attempt inner = attempt;
    for (bool sent = false;;) {
        Ending ending = enter(place + 1, call, inner, slot);
        ending.sent = sent = sent || ending.sent;
        if (ending.outcome == Outcome::Success)
            return ending;
        const RetryVerdict verdict = withBudget(policy.budget, [&](RetryBudget *budget) {
            return retry.with([&](Retry &core, Time now) {
                return core.onResult(state, outcomeUnder(attempt.stop, ending), ending.failure, now, budget);
            });
        });
        // Who is asked to stop while waiting answers with the real error that it has.
        if (!verdict.again() || !m_config.clock.sleepUntil(saturatingAdd(state.latest, verdict.delay), attempt.stop))
            return ending;
        inner.number = call.beginAttempt();
    }
}

Ending Pipeline::pass(const HedgingPolicy &policy, size_t place, Call &call, const Attempt &attempt, void *slot)
{
    if (!mayHedge(policy) || !call.operation().mayRepeat()) {
        if (policy.budget && countsRequest(place))
            policy.budget->with([](RetryBudget &core, Time now) { core.onRequest(now); });
        return enter(place + 1, call, attempt, slot);
    }
    const auto attempts = std::make_shared<HedgedAttempts>(
        call.shared_from_this(), policy, countsRequest(place),
        HedgedAttempts::Surroundings{
            m_config.clock,
            [this, place](Call &of, const Attempt &one, void *its) { return enter(place + 1, of, one, its); },
            [this](std::function<void()> task) { m_tasks.start(m_config.executor, std::move(task)); }});
    return attempts->run(attempt, slot);
}

Ending Pipeline::pass(const AnyLimiter &limiter, size_t place, Call &call, const Attempt &attempt, void *slot)
{
    const auto ask = [&](const auto &shared) {
        if constexpr (std::is_same_v<decltype(shared), const std::shared_ptr<SharedTokenBucket> &>) {
            TokenPermit token = shared->tryAcquire();
            if (!token)
                return refusedEnding(Policy::RateLimiter, token.decision().rejection, token.decision().retryAfter);
            Ending ending = enter(place + 1, call, attempt, slot);
            if (ending.sent)
                token.use();
            return ending;
        } else {
            const auto decision = shared->tryAcquire(1, attempt.deadline);
            if (!decision)
                return refusedEnding(Policy::RateLimiter, decision.rejection, decision.retryAfter);
            if constexpr (requires { decision.wait; }) {
                const Time turn = saturatingAdd(m_config.clock.now(), decision.wait);
                if (decision.wait > Duration::zero() && !m_config.clock.sleepUntil(turn, attempt.stop))
                    return refusedEnding(Policy::Caller, Rejection::Cancelled);
            }
            return enter(place + 1, call, attempt, slot);
        }
    };
    return std::visit(ask, limiter);
}

Ending Pipeline::pass(const std::shared_ptr<SharedCircuitBreaker> &breaker, size_t place, Call &call,
                      const Attempt &attempt, void *slot)
{
    BreakerPermit permit = breaker->tryAcquire();
    if (!permit)
        return refusedEnding(Policy::CircuitBreaker, permit.decision().rejection, permit.decision().retryAfter);
    Ending ending = enter(place + 1, call, attempt, slot);
    permit.report(ending.primary, ending.took);
    return ending;
}

Ending Pipeline::pass(const std::shared_ptr<SharedBulkhead> &bulkhead, size_t place, Call &call, const Attempt &attempt,
                      void *slot)
{
    const BulkheadPermit permit = bulkhead->acquire(attempt.deadline, attempt.stop);
    if (!permit)
        return refusedEnding(Policy::Bulkhead, permit.rejection());
    return enter(place + 1, call, attempt, slot);
}

// The caller's own code, the callable or the fallback. A slot or a turn may have been granted in time and this thread
// have woken too late: hence the first question.
template <typename Run> Ending Pipeline::runOnce(const Attempt &attempt, const Run &run) const
{
    const Time begun = m_config.clock.now();
    if (auto refused = tooLate(attempt, begun))
        return *refused;
    Ending ending;
    ending.sent = true;
    try {
        run();
    } catch (...) {
        ending.error = std::current_exception();
    }
    const Time ended = std::max(begun, m_config.clock.now());
    ending.took = saturatingSince(ended, begun);
    const bool late = attempt.deadline.isOver(ended);
    if (!ending.error && late)
        ending.error = std::make_exception_ptr(TimedOut());
    if (!ending.error)
        return ending;
    const Judgement judgement = m_config.judge(ending.error);
    ending.outcome = ending.primary = attempt.stop.stop_requested() ? Outcome::Cancelled : judgement.outcome;
    ending.failure = judgement.failure;
    // An error without a kind that comes when time is up is most likely the callable's way to say so.
    if (late && ending.failure.kind == ErrorKind::Other)
        ending.failure.kind = ErrorKind::Timeout;
    return ending;
}

// A budget counts a call once, however many policies share it: the outermost one tells it.
bool Pipeline::countsRequest(size_t place) const
{
    const SharedRetryBudget *budget = budgetOf(m_config.policies[place]);
    const auto outer = std::span(m_config.policies).first(place);
    return std::ranges::none_of(outer, [&](const AnyPolicy &policy) { return budgetOf(policy) == budget; });
}

} // namespace resilience::runtime
