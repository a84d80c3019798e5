// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/pipeline_loop.h"

#include <utility>

namespace tests {

using namespace resilience;
using namespace std::chrono_literals;

namespace {

std::string milliseconds(Duration d)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(d).count()) + " ms";
}

std::string textOf(const CallEnding &ending)
{
    std::string text = ending.outcome == Outcome::Success     ? "success"
                       : ending.outcome == Outcome::Cancelled ? "cancelled"
                       : ending.outcome == Outcome::Ignored   ? "ignored"
                       : ending.timedOut()                    ? ending.deadline ? "deadline" : "timeout"
                       : ending.rejection != Rejection::None  ? "rejected"
                                                              : "failure";
    if (ending.by)
        text += std::string(" by ") + name(*ending.by);
    return text + (ending.fellBack ? ", fell back" : "");
}

struct StepText {
    std::string operator()(const SendAttempt &send) const
    {
        return "send " + std::to_string(send.attempt) + (send.trial > 0 ? " trial" : "");
    }
    std::string operator()(const AttemptOver &over) const { return "over " + textOf(over.how); }
    std::string operator()(const PolicyRejected &back) const { return std::string("turned back by ") + name(back.by); }
    std::string operator()(const WaitBegun &wait) const { return std::string("waits at ") + name(wait.at); }
    std::string operator()(const WaitEnded &wait) const
    {
        return std::string("goes on at ") + name(wait.at) + " after " + milliseconds(wait.waited);
    }
    std::string operator()(const RetryDecided &retry) const
    {
        if (retry.verdict.again())
            return "retry " + std::to_string(retry.verdict.attempt) + " in " + milliseconds(retry.verdict.delay);
        return std::string("gives up, ") + name(retry.verdict.reason);
    }
    std::string operator()(const AttemptHedged &hedge) const
    {
        return "hedge " + std::to_string(hedge.hedge) + (hedge.afterFailure ? " after a failure" : "");
    }
    std::string operator()(const FallbackTaken &) const { return "falls back"; }
    std::string operator()(const RanOutOfTime &late) const
    {
        return std::string("out of time, ") + (late.by ? name(*late.by) : "deadline");
    }
    std::string operator()(const BreakerMoved &moved) const
    {
        return std::string("breaker ") + name(moved.from) + " to " + name(moved.now.state);
    }
    std::string operator()(const WakeUp &) const { return "wake"; }
    std::string operator()(const CallDone &done) const { return "done " + textOf(done.ending); }
};

} // namespace

PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

PipelineConfig with(std::initializer_list<PolicyKind> order)
{
    PipelineConfig config;
    config.order = config.configured = orderOf(order);
    config.totalTimeout = 3s;
    config.attemptTimeout = 1s;
    config.retry.maxAttempts = 2;
    config.retry.backoff.baseDelay = 100ms;
    config.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 5, 1);
    config.circuitBreaker.failureThreshold = 2;
    config.circuitBreaker.openDuration = 1s;
    config.circuitBreaker.halfOpenMaxCalls = 1;
    config.bulkhead.maxConcurrent = 1;
    return config;
}

std::string textOf(const PipelineStep &step)
{
    return (step.key > 0 ? std::to_string(step.key) + " " : "") + std::visit(StepText{}, step.what);
}

uint64_t PipelineLoop::start(const Operation &operation, const Deadline &deadline)
{
    PipelineSteps steps;
    const uint64_t key = ++m_lastKey;
    m_handles[key] = pipeline.start(key, operation, deadline, now, steps);
    keep(steps);
    return key;
}

bool PipelineLoop::answer(uint64_t key, Outcome outcome, const Failure &failure)
{
    return answerAttempt(key, m_attempts[key], outcome, failure);
}

bool PipelineLoop::answerAttempt(uint64_t key, uint32_t attempt, Outcome outcome, const Failure &failure)
{
    PipelineSteps steps;
    const bool taken = pipeline.onAnswer(m_handles.at(key), attempt, outcome, failure, now, steps);
    keep(steps);
    return taken;
}

void PipelineLoop::cancel(uint64_t key)
{
    PipelineSteps steps;
    pipeline.cancel(m_handles.at(key), now, steps);
    keep(steps);
}

void PipelineLoop::reconfigure(const PipelineConfig &config)
{
    PipelineSteps steps;
    pipeline.reconfigure(config, now, steps);
    keep(steps);
}

void PipelineLoop::force(BreakerTrigger trigger)
{
    PipelineSteps steps;
    pipeline.force(trigger, now, steps);
    keep(steps);
}

std::optional<Time> PipelineLoop::nextTime() const
{
    std::optional<Time> next = pipeline.nextDeadline();
    for (const auto &[at, wake] : m_wakeUps)
        if (pipeline.isDue(wake)) {
            next = next ? std::min(*next, at) : at;
            break;
        }
    return next;
}

void PipelineLoop::runTo(Time t)
{
    for (auto next = nextTime(); next && *next <= t; next = nextTime()) {
        now = std::max(now, *next);
        PipelineSteps steps;
        if (const auto deadline = pipeline.nextDeadline(); deadline && *deadline <= now)
            pipeline.onDeadline(now, steps);
        keep(std::exchange(steps, {}));
        while (!m_wakeUps.empty() && m_wakeUps.begin()->first <= now) {
            const WakeUp wake = m_wakeUps.begin()->second;
            m_wakeUps.erase(m_wakeUps.begin());
            pipeline.wake(wake, now, steps);
            keep(std::exchange(steps, {}));
        }
    }
    now = std::max(now, t);
}

PipelineSteps PipelineLoop::takeSteps() { return std::exchange(m_steps, {}); }

QString PipelineLoop::told()
{
    std::string text;
    for (const PipelineStep &step : takeSteps())
        text += (text.empty() ? "" : ", ") + textOf(step);
    return QString::fromStdString(text);
}

void PipelineLoop::keep(const PipelineSteps &steps)
{
    for (const PipelineStep &step : steps) {
        if (const auto *wake = step.as<WakeUp>()) {
            m_wakeUps.emplace(wake->at, *wake);
            continue;
        }
        if (const auto *send = step.as<SendAttempt>()) {
            m_attempts[step.key] = send->attempt;
            m_handles[step.key] = step.call;
        }
        m_steps.push_back(step);
    }
}

} // namespace tests
