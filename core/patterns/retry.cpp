// SPDX-License-Identifier: MIT
#include "core/patterns/retry.h"

#include <algorithm>

namespace resilience {

namespace {

using RetryKind = RetryVerdict::Kind;
using Reason = RetryVerdict::Reason;

RetryVerdict giveUp(Reason reason)
{
    RetryVerdict verdict;
    verdict.kind = RetryKind::GiveUp;
    verdict.reason = reason;
    return verdict;
}

} // namespace

Retry::Retry(const RetryConfig &config, const RandomStream &random)
    : m_config(config), m_backoff(config.backoff, random)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

RetryCall Retry::begin(Time now, const Operation &operation, const Deadline &deadline, RetryBudget *budget) const
{
    RetryCall call;
    call.operation = operation;
    call.deadline = m_config.maxElapsed ? deadline.earlier(Deadline::in(*m_config.maxElapsed, now)) : deadline;
    call.latest = now;
    if (budget)
        budget->onRequest(now);
    return call;
}

RetryVerdict Retry::onResult(RetryCall &call, Outcome outcome, const Failure &failure, Time now, RetryBudget *budget)
{
    call.latest = std::max(call.latest, now);
    if (outcome == Outcome::Success)
        return {};
    if (outcome == Outcome::Cancelled)
        return giveUp(Reason::Cancelled);
    if (outcome == Outcome::Ignored || !m_config.isRetryable(failure, call.operation))
        return giveUp(Reason::NotRetryable);
    if (call.attempts >= m_config.maxAttempts && !m_config.faultyVariant.withoutLimit)
        return giveUp(Reason::MaxAttempts);

    const DrawnDelay drawn = m_backoff.draw(call.attempts, call.previousDelay);
    RetryVerdict verdict;
    verdict.kind = RetryKind::Again;
    verdict.delay = drawn.delay;
    verdict.range = drawn.range;
    if (failure.retryAfter && *failure.retryAfter > drawn.delay) {
        verdict.delay = *failure.retryAfter;
        verdict.serversWish = failure.retryAfter;
    }
    if (m_config.faultyVariant.withoutLimit)
        verdict.delay = std::max(verdict.delay, RetryConfig::kLeastWaitWithoutLimit);
    if (verdict.serversWish && m_config.maxRetryAfter && *verdict.serversWish > *m_config.maxRetryAfter)
        verdict.reason = Reason::RetryAfter;
    else if (!call.deadline.allowsWait(verdict.delay, call.latest))
        verdict.reason = Reason::MaxElapsed;
    else if (budget && !budget->tryAcquire(call.latest))
        verdict.reason = Reason::Budget;
    if (verdict.reason != Reason::None) {
        verdict.kind = RetryKind::GiveUp;
        return verdict;
    }
    // Decorrelated jitter goes on from the wait that was drawn, not from what the server asked for.
    call.previousDelay = drawn.delay;
    verdict.attempt = ++call.attempts;
    return verdict;
}

void Retry::reconfigure(const RetryConfig &config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    m_backoff.reconfigure(config.backoff);
    m_config = config;
}

} // namespace resilience
