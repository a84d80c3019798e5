// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/runtime/guarded.h"

#include <atomic>
#include <optional>

namespace resilience::runtime {

class SharedCircuitBreaker;

/// The right to make one call, or the reason why not. Report how the call ended; a permit that is dropped without a
/// report counts as cancelled, so that a trial can never be lost. One thread at a time; it may be handed to another.
/// The breaker must outlive it.
class BreakerPermit {
public:
    BreakerPermit() = default; // of no breaker: permitted, and reports go nowhere
    BreakerPermit(BreakerPermit &&other) noexcept;
    BreakerPermit &operator=(BreakerPermit &&other) noexcept;
    ~BreakerPermit() { drop(); }

    const Decision &decision() const { return m_decision; }
    explicit operator bool() const { return m_decision.permitted(); }

    /// How the call ended, once; Nothing when it was rejected, reported before or moved away. Without `took`, it took
    /// the time since the permit was given; if the breaker had no use for that then, the call does not count as slow.
    Recorded report(Outcome outcome, std::optional<GivenDuration> took = std::nullopt);

private:
    friend class SharedCircuitBreaker;
    BreakerPermit(SharedCircuitBreaker &breaker, uint64_t generation, Time given);
    BreakerPermit(SharedCircuitBreaker &breaker, CircuitBreaker &core, Time now);
    void drop() noexcept;

    Decision m_decision;
    SharedCircuitBreaker *m_breaker = nullptr; // none: nothing left to report
    Time m_given = kTimeMax; // the largest: not known
};

/// The circuit breaker for many threads: see CircuitBreaker for what it does, Guarded for how. While it ignores the
/// time (closed, failures counted in a row), a permit and a success take no lock and no reading of the clock: successes
/// are noted in one word, and the core is told of them before anything else happens to it. With another window a permit
/// takes no lock, as long as it is closed.
class SharedCircuitBreaker {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SharedCircuitBreaker(const CircuitBreakerConfig &config = {}, Clock clock = {});

    BreakerPermit tryAcquire();
    /// The same for a call that keeps its permit as a value and has read the clock already. Every permit has to be
    /// reported, as Cancelled if need be. `moved` is told if the breaker has moved by it.
    Decision tryAcquireAt(Time now, std::optional<BreakerMoved> *moved = nullptr);
    Recorded reportAt(const Permit &permit, Outcome outcome, Duration took, Time now,
                      std::optional<BreakerMoved> *moved = nullptr);

    BreakerView view() const;
    bool force(BreakerTrigger trigger);
    /// Throws InvalidConfig and then changes nothing.
    void reconfigure(const CircuitBreakerConfig &config);
    /// Half-open's patience also ends by the next call; for those who want to see it on time.
    void onDeadline();

    /// The plain breaker as it stands.
    CircuitBreaker checkpoint() const;

private:
    friend class BreakerPermit;

    Recorded record(const BreakerPermit &permit, Outcome outcome, std::optional<Duration> took);
    bool recordWithoutLock(const Permit &permit, Outcome outcome);
    template <typename Operation> auto locked(Operation &&operation) const;
    template <typename Operation>
    auto watched(std::optional<BreakerMoved> *moved, Time now, const Operation &operation) const;

    // Its generation, whether it is closed, and whether it ignores the time: what a permit has to know. Written when
    // one of these has changed, under the lock.
    mutable std::atomic<uint64_t> m_fastPathState = 0;
    // While it ignores the time: which generation it is in, and how many successes the core has yet to be told of. Zero
    // while it does not, and while a thread is at the core.
    alignas(kCacheLine) mutable std::atomic<uint64_t> m_fastPathCount = 0;
    mutable Guarded<CircuitBreaker> m_core;
};

} // namespace resilience::runtime
