// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline.h"

#include "core/patterns/limiter_config.h"
#include "core/patterns/pipeline_walk.h"

namespace resilience {

Pipeline::Pipeline(const PipelineConfig &config, const RandomStream &random)
    : m_config(checkedConfig(config)), m_retry(config.retry, random), m_limiter(config.rateLimiter),
      m_breaker(config.circuitBreaker), m_bulkhead(config.bulkhead)
{
    if (config.retryBudget)
        m_budget.emplace(*config.retryBudget);
}

Pipeline::Call *Pipeline::find(CallHandle handle)
{
    if (handle.serial == 0 || handle.place >= m_calls.size() || m_calls[handle.place].serial != handle.serial)
        return nullptr;
    return &m_calls[handle.place];
}

CallHandle Pipeline::start(uint64_t key, const Operation &operation, const Deadline &deadline, Time now,
                           PipelineSteps &out)
{
    if (m_free.empty()) {
        m_free.push_back(static_cast<uint32_t>(m_calls.size()));
        m_calls.emplace_back();
    }
    const uint32_t place = m_free.back();
    m_free.pop_back();
    ++m_underWay;
    if (++m_lastSerial == 0)
        ++m_lastSerial;
    Call &call = m_calls[place];
    call.serial = m_lastSerial;
    call.key = key;
    call.order = m_config.order;
    call.operation = operation;
    call.deadline = deadline;
    const CallHandle handle{place, call.serial};
    Walk walk{*this, now, out};
    walk.inwards(call, 0);
    walk.serveWaiters();
    return handle;
}

bool Pipeline::onAnswer(CallHandle handle, uint32_t attempt, Outcome outcome, const Failure &failure, Time now,
                        PipelineSteps &out)
{
    Call *call = find(handle);
    if (!call || !call->out || call->attempts != attempt)
        return false;
    Walk walk{*this, now, out};
    CallEnding ending{.outcome = outcome};
    if (outcome != Outcome::Success)
        ending.failure = failure;
    const size_t over = out.size();
    call->out = false;
    walk.tell(*call, AttemptOver{attempt, ending, now - call->sentAt, false, std::nullopt});
    walk.outwards(*call, call->order.size(), ending, over);
    walk.serveWaiters();
    return true;
}

void Pipeline::cancel(CallHandle handle, Time now, PipelineSteps &out)
{
    Call *call = find(handle);
    if (!call)
        return;
    Walk walk{*this, now, out};
    walk.cutOff(*call, std::nullopt);
    walk.serveWaiters();
}

bool Pipeline::isDue(const WakeUp &wake) const
{
    const Call *call = find(wake.call);
    if (!call)
        return false;
    switch (wake.policy) {
    case PolicyKind::TotalTimeout:
        return call->totalEnd == wake.at;
    case PolicyKind::AttemptTimeout:
        return call->attemptEnd == wake.at;
    default:
        return call->waitsAt == wake.policy && call->wakesAt == wake.at;
    }
}

void Pipeline::wake(const WakeUp &wake, Time now, PipelineSteps &out)
{
    if (!isDue(wake))
        return;
    Call &call = *find(wake.call);
    Walk walk{*this, now, out};
    const size_t level = *call.order.levelOf(wake.policy);
    switch (wake.policy) {
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout:
        walk.cutOff(call, level);
        break;
    case PolicyKind::Bulkhead:
        m_bulkhead.onDeadline(now);
        walk.rememberWaiters();
        break;
    default:
        call.waitsAt.reset();
        if (wake.policy == PolicyKind::RateLimiter) {
            walk.tell(call, WaitEnded{wake.policy, now - call.waitSince});
            walk.countPass(wake.policy);
        }
        walk.inwards(call, level + 1);
    }
    walk.serveWaiters();
}

void Pipeline::onDeadline(Time now, PipelineSteps &out)
{
    const uint64_t generation = m_breaker.generation();
    const BreakerState state = m_breaker.state();
    m_breaker.onDeadline(now);
    Walk{*this, now, out}.reportMove(generation, state);
}

bool Pipeline::force(BreakerTrigger trigger, Time now, PipelineSteps &out)
{
    const uint64_t generation = m_breaker.generation();
    const BreakerState state = m_breaker.state();
    const bool done = m_breaker.force(trigger, now);
    Walk{*this, now, out}.reportMove(generation, state);
    return done;
}

void Pipeline::reconfigure(const PipelineConfig &config, Time now, PipelineSteps &out)
{
    checkedConfig(config);
    Walk walk{*this, now, out};
    m_retry.reconfigure(config.retry);
    if (!config.retryBudget)
        m_budget.reset();
    else if (m_budget)
        m_budget->reconfigure(*config.retryBudget, now);
    else
        m_budget.emplace(*config.retryBudget);
    m_limiter.reconfigure(config.rateLimiter, now);
    const uint64_t generation = m_breaker.generation();
    const BreakerState state = m_breaker.state();
    m_breaker.reconfigure(config.circuitBreaker, now);
    walk.reportMove(generation, state);
    m_bulkhead.reconfigure(config.bulkhead, now);
    walk.rememberWaiters();
    m_config = config;
    walk.serveWaiters();
}

std::optional<PolicyKind> Pipeline::waitsAt(CallHandle handle) const
{
    const Call *call = find(handle);
    return call ? call->waitsAt : std::nullopt;
}

Time Pipeline::waitsSince(CallHandle handle) const
{
    const Call *call = find(handle);
    return call && call->waitsAt ? call->waitSince : kTimeZero;
}

std::optional<Pipeline::Guest> Pipeline::guest(CallHandle handle) const
{
    const Call *call = find(handle);
    if (!call || call->ticket.serial == 0)
        return std::nullopt;
    if (call->waitsAt == PolicyKind::Bulkhead)
        return Guest{true, call->waitSince, call->wakesAt == kTimeMax ? std::nullopt : std::optional{call->wakesAt}};
    return Guest{false, call->slotSince, std::nullopt};
}

} // namespace resilience
