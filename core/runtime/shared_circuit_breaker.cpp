// SPDX-License-Identifier: MIT
#include "core/runtime/shared_circuit_breaker.h"

#include <limits>
#include <utility>

namespace resilience::runtime {

namespace {

// What m_fastPathState says.
uint64_t standingOf(const CircuitBreaker &core)
{
    return (core.generation() << 2U) | (core.state() == BreakerState::Closed ? 2U : 0U)
           | (core.ignoresTime() ? 1U : 0U);
}
constexpr uint64_t generationIn(uint64_t standing) { return standing >> 2U; }
constexpr bool isClosed(uint64_t standing) { return (standing & 2U) != 0; }
constexpr bool ignoresTime(uint64_t standing) { return (standing & 1U) != 0; }

constexpr uint32_t kMostSuccesses = std::numeric_limits<uint32_t>::max();

// What m_fastPathCount says of a generation: never zero, and another one for two thousand million generations.
constexpr uint64_t calmIn(uint64_t generation) { return (generation << 33U) | (uint64_t{1} << 32U); }
constexpr uint32_t successesIn(uint64_t calm) { return static_cast<uint32_t>(calm); }

} // namespace

BreakerPermit::BreakerPermit(SharedCircuitBreaker &breaker, uint64_t generation, Time given)
    : m_decision{{generation, false}, Rejection::None, std::nullopt}, m_breaker(&breaker), m_given(given)
{
}

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

Recorded BreakerPermit::report(Outcome outcome, std::optional<GivenDuration> took)
{
    SharedCircuitBreaker *breaker = std::exchange(m_breaker, nullptr);
    return breaker ? breaker->record(*this, outcome, took) : Recorded::Nothing;
}

void BreakerPermit::drop() noexcept { report(Outcome::Cancelled, Duration::zero()); }

// The core is told first of what it has missed; afterwards, whether it can be left alone is looked at anew. Threads
// that come meanwhile find the word at zero and wait for the lock, so that their results come after this.
template <typename Operation> auto SharedCircuitBreaker::locked(Operation &&operation) const
{
    return m_core.with([&](CircuitBreaker &core) {
        const uint64_t calm = m_fastPathCount.load(std::memory_order_relaxed) != 0 ? m_fastPathCount.exchange(0) : 0;
        if (const uint32_t successes = successesIn(calm); successes > 0)
            core.onSuccesses(successes);
        struct Leave {
            const SharedCircuitBreaker &breaker;
            const CircuitBreaker &core;
            ~Leave()
            {
                if (breaker.m_fastPathState.load(std::memory_order_relaxed) != standingOf(core))
                    breaker.m_fastPathState.store(standingOf(core), std::memory_order_release);
                if (core.ignoresTime())
                    breaker.m_fastPathCount.store(calmIn(core.generation()), std::memory_order_release);
            }
        } leave{*this, core};
        return operation(core);
    });
}

template <typename Operation>
auto SharedCircuitBreaker::watched(std::optional<BreakerMoved> *moved, Time now, const Operation &operation) const
{
    return locked([&](CircuitBreaker &core) {
        const uint64_t generation = core.generation();
        const BreakerState state = core.state();
        const auto answer = operation(core);
        if (moved && core.generation() != generation)
            moved->emplace(BreakerMoved{state, core.view(now)});
        return answer;
    });
}

SharedCircuitBreaker::SharedCircuitBreaker(const CircuitBreakerConfig &config, Clock clock)
    : m_core(CircuitBreaker(config), std::move(clock))
{
    locked([](CircuitBreaker &) {});
}

BreakerPermit SharedCircuitBreaker::tryAcquire()
{
    const uint64_t standing = m_fastPathState.load(std::memory_order_acquire);
    if (isClosed(standing))
        return BreakerPermit(*this, generationIn(standing), ignoresTime(standing) ? kTimeMax : m_core.clock().now());
    const Time now = m_core.clock().now();
    return locked([this, now](CircuitBreaker &core) { return BreakerPermit(*this, core, now); });
}

Decision SharedCircuitBreaker::tryAcquireAt(Time now, std::optional<BreakerMoved> *moved)
{
    const uint64_t standing = m_fastPathState.load(std::memory_order_acquire);
    if (isClosed(standing))
        return {{generationIn(standing), false}, Rejection::None, std::nullopt};
    return watched(moved, now, [now](CircuitBreaker &core) { return core.tryAcquire(now); });
}

Recorded SharedCircuitBreaker::reportAt(const Permit &permit, Outcome outcome, Duration took, Time now,
                                        std::optional<BreakerMoved> *moved)
{
    if (outcome != Outcome::Failure && recordWithoutLock(permit, outcome))
        return isNeutral(outcome) ? Recorded::Neutral : Recorded::Counted;
    return watched(moved, now, [&](CircuitBreaker &core) { return core.onResult(permit, outcome, took, now); });
}

Recorded SharedCircuitBreaker::record(const BreakerPermit &permit, Outcome outcome, std::optional<Duration> took)
{
    const Permit &given = permit.m_decision.permit;
    if (outcome != Outcome::Failure && recordWithoutLock(given, outcome))
        return isNeutral(outcome) ? Recorded::Neutral : Recorded::Counted;
    const Time now = m_core.clock().now();
    return locked([&](CircuitBreaker &core) {
        return core.onResult(given, outcome, took.value_or(saturatingSince(now, permit.m_given)), now);
    });
}

// A success in a row is one more in a word, and a neutral result nothing at all. False: the core has to be told.
bool SharedCircuitBreaker::recordWithoutLock(const Permit &permit, Outcome outcome)
{
    uint64_t calm = m_fastPathCount.load(std::memory_order_acquire);
    while (calm - successesIn(calm) == calmIn(permit.generation) && successesIn(calm) < kMostSuccesses) {
        if (isNeutral(outcome) || m_fastPathCount.compare_exchange_weak(calm, calm + 1, std::memory_order_acq_rel))
            return true;
    }
    return false;
}

BreakerView SharedCircuitBreaker::view() const
{
    const Time now = m_core.clock().now();
    return locked([now](const CircuitBreaker &core) { return core.view(now); });
}

bool SharedCircuitBreaker::force(BreakerTrigger trigger)
{
    const Time now = m_core.clock().now();
    return locked([&](CircuitBreaker &core) { return core.force(trigger, now); });
}

void SharedCircuitBreaker::reconfigure(const CircuitBreakerConfig &config)
{
    const Time now = m_core.clock().now();
    locked([&](CircuitBreaker &core) { core.reconfigure(config, now); });
}

void SharedCircuitBreaker::onDeadline()
{
    const Time now = m_core.clock().now();
    locked([now](CircuitBreaker &core) { core.onDeadline(now); });
}

CircuitBreaker SharedCircuitBreaker::checkpoint() const
{
    return locked([](const CircuitBreaker &core) { return core; });
}

} // namespace resilience::runtime
