// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/idempotency_store.h"
#include "core/random_stream.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/scenario.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace resilience::sim {

/// What a service has done, ever.
struct ServiceCounts {
    uint64_t reached = 0; // attempts that came in
    uint64_t answered = 0; // well or badly, refusals too
    uint64_t refused = 0; // nobody there
    uint64_t overloaded = 0; // no room
    uint64_t dropped = 0; // taken from the queue too late to be of use
    uint64_t carriedOut = 0; // what was asked for was done
    uint64_t again = 0; // ... though it had been done before
    uint64_t stored = 0; // answered from memory: the request id was known
    uint64_t restarts = 0; // by a supervisor

    bool operator==(const ServiceCounts &) const = default;
};

/// A simulated service: decides what becomes of a call that reaches it, and who works on it. It knows calls by their
/// request key only.
class Service {
public:
    Service(const ServiceConfig &config, uint64_t seed);

    struct Plan {
        enum class Kind : uint8_t { Refuse, NeverAnswer, Serve } kind = Kind::Serve; // if it is worked on at once
        Duration takes{};
        bool fails = false;
    };
    /// What chance has in store for a call, each in [0, 1).
    struct Luck {
        double spread = 0.5;
        double error = 0.5;
        double spike = 0.5;
        bool operator==(const Luck &) const = default;
    };
    /// The fate of a call with this luck that arrives now.
    Plan planFor(const Luck &luck) const;
    /// The fate of a call that arrives now. Draws the same number of random values whatever faults are on, so that a
    /// fault does not change the luck of the calls after it.
    Plan receive();

    /// Workers and the queue for them. Without workers in its configuration everybody finds one.
    bool hasFreeWorker() const { return m_config.workers == 0 || m_busy < m_config.workers; }
    void takeWorker() { ++m_busy; }
    void freeWorker() { m_busy -= m_busy > 0; }
    void hang() // takes one, which comes back with dropHung() only
    {
        ++m_busy;
        ++m_hung;
    }
    void dropHung();
    uint32_t busy() const { return m_busy; }
    bool enqueue(uint64_t key); // false: no room
    std::optional<uint64_t> dequeue();
    const std::deque<uint64_t> &queue() const { return m_queue; }

    /// How much longer everything takes at `now`, because it has started not long ago; 1 = as usual.
    double warmUpFactor(Time now) const;
    void startCold(Time now) { m_coldUntil = saturatingAdd(now, m_config.warmUp); }
    /// A crash: nobody works and nobody waits any more.
    void dropAll();

    /// Whether what this original asks for was done before; remembers it from now on. The last kRemembered are known.
    bool doneBefore(uint64_t original);
    static constexpr size_t kRemembered = 4096;
    std::optional<IdempotencyStore<bool>> requestIds; // when it recognises them

    void set(FaultKind kind, double value) { m_faults[static_cast<size_t>(kind)] = value; }
    void clear(FaultKind kind) { m_faults[static_cast<size_t>(kind)].reset(); }
    std::optional<double> fault(FaultKind kind) const { return m_faults[static_cast<size_t>(kind)]; }
    const ActiveFaults &faults() const { return m_faults; }
    bool hangs() const { return fault(FaultKind::Hang).has_value(); }
    bool paused() const { return fault(FaultKind::Pause).has_value(); }
    /// Killed by a supervisor, and not up again yet: it refuses everything.
    void setRestarting(bool restarting) { m_restarting = restarting; }
    bool restarting() const { return m_restarting; }
    /// Nobody there to answer, for whatever reason.
    bool gone() const { return m_restarting || fault(FaultKind::Outage) || fault(FaultKind::Crash); }

    const ServiceConfig &config() const { return m_config; }
    void reconfigure(const ServiceConfig &config) { m_config = config; }

    ServiceCounts counts;
    std::vector<uint64_t> held; // came to an end, or in, while it stood still
    std::vector<uint32_t> dependencyPipelines; // one a dependency: index

    bool operator==(const Service &) const = default;

private:
    ServiceConfig m_config;
    RandomStream m_random;
    ActiveFaults m_faults{};
    uint32_t m_busy = 0;
    uint32_t m_hung = 0;
    bool m_restarting = false;
    std::deque<uint64_t> m_queue;
    std::optional<Time> m_coldUntil;
    std::deque<uint64_t> m_done;
};

} // namespace resilience::sim
