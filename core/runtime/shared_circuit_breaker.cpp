// SPDX-License-Identifier: MIT
#include "core/runtime/shared_circuit_breaker.h"

#include <utility>

namespace resilience::runtime {

// Asks the core itself, because a decision that is handed on under the lock costs more than making it.
BreakerPermit::BreakerPermit(SharedCircuitBreaker &breaker, CircuitBreaker &core, Time now)
    : m_decision(core.tryAcquire(now)), m_breaker(m_decision ? &breaker : nullptr), m_given(now)
{
}

BreakerPermit::BreakerPermit(BreakerPermit &&other) noexcept
    : m_decision(other.m_decision), m_breaker(std::exchange(other.m_breaker, nullptr)), m_given(other.m_given)
{
}

BreakerPermit &BreakerPermit::operator=(BreakerPermit &&other) noexcept
{
    if (this != &other) {
        drop();
        m_breaker = std::exchange(other.m_breaker, nullptr);
        m_decision = other.m_decision;
        m_given = other.m_given;
    }
    return *this;
}

Recorded BreakerPermit::report(Outcome outcome, std::optional<Duration> took)
{
    SharedCircuitBreaker *breaker = std::exchange(m_breaker, nullptr);
    if (!breaker)
        return Recorded::Nothing;
    return breaker->m_core.with([&](CircuitBreaker &core, Time now) {
        return core.onResult(m_decision.permit, outcome, took.value_or(saturatingSince(now, m_given)), now);
    });
}

void BreakerPermit::drop() noexcept { report(Outcome::Cancelled, Duration::zero()); }

SharedCircuitBreaker::SharedCircuitBreaker(const CircuitBreakerConfig &config, Clock clock)
    : m_core(CircuitBreaker(config), std::move(clock))
{
}

BreakerPermit SharedCircuitBreaker::tryAcquire()
{
    return m_core.with([this](CircuitBreaker &core, Time now) { return BreakerPermit(*this, core, now); });
}

BreakerView SharedCircuitBreaker::view() const
{
    return m_core.with([](const CircuitBreaker &core, Time now) { return core.view(now); });
}

bool SharedCircuitBreaker::force(BreakerTrigger trigger)
{
    return m_core.with([&](CircuitBreaker &core, Time now) { return core.force(trigger, now); });
}

void SharedCircuitBreaker::reconfigure(const CircuitBreakerConfig &config)
{
    m_core.with([&](CircuitBreaker &core, Time now) { core.reconfigure(config, now); });
}

void SharedCircuitBreaker::onDeadline()
{
    m_core.with([](CircuitBreaker &core, Time now) { core.onDeadline(now); });
}

} // namespace resilience::runtime
