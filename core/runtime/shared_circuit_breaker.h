// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/runtime/guarded.h"

#include <optional>

namespace resilience::runtime {

class SharedCircuitBreaker;

// The right to make one call, or the reason why not. Report how the call ended; a permit that is dropped without a
// report counts as cancelled, so that a trial can never be lost. One thread at a time; it may be handed to another. The
// breaker must outlive it.
class BreakerPermit {
public:
    BreakerPermit() = default; // of no breaker: permitted, and reports go nowhere
    BreakerPermit(BreakerPermit &&other) noexcept;
    BreakerPermit &operator=(BreakerPermit &&other) noexcept;
    ~BreakerPermit() { drop(); }

    const Decision &decision() const { return m_decision; }
    explicit operator bool() const { return m_decision.permitted(); }

    // How the call ended, once; Nothing when it was rejected, reported before or moved away. Without `took`, it took
    // the time since the permit was given.
    Recorded report(Outcome outcome, std::optional<Duration> took = std::nullopt);

private:
    friend class SharedCircuitBreaker;
    BreakerPermit(SharedCircuitBreaker &breaker, CircuitBreaker &core, Time now);
    void drop() noexcept;

    Decision m_decision;
    SharedCircuitBreaker *m_breaker = nullptr; // none: nothing left to report
    Time m_given;
};

// The circuit breaker for many threads: see CircuitBreaker for what it does, Guarded for how.
class SharedCircuitBreaker {
public:
    // Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SharedCircuitBreaker(const CircuitBreakerConfig &config = {}, Clock clock = {});

    BreakerPermit tryAcquire();

    BreakerView view() const;
    bool force(BreakerTrigger trigger);
    // Throws InvalidConfig and then changes nothing.
    void reconfigure(const CircuitBreakerConfig &config);
    // Half-open's patience also ends by the next call; for those who want to see it on time.
    void onDeadline();

    // The plain breaker as it stands.
    CircuitBreaker checkpoint() const { return m_core.checkpoint(); }

private:
    friend class BreakerPermit;

    Guarded<CircuitBreaker> m_core;
};

} // namespace resilience::runtime
