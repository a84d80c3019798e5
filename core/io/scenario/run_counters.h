// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/breaker_transitions.h"
#include "core/patterns/pipeline/policy_list.h"
#include "core/patterns/retry.h"
#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/parts/traffic/pipeline_owner.h"
#include "core/sim/world/world.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// What one pipeline's breaker did over a run.
struct BreakerCounters {
    std::string owner; // whose calls: see PipelineOwner
    uint32_t pipeline = 0; // index
    BreakerState state = BreakerState::Closed; // at the end
    uint64_t permitted = 0;
    uint64_t rejected = 0;
    uint64_t trials = 0; // trial calls let through
    uint64_t transitions = 0;
    uint64_t opened = 0; // transitions into open, by threshold or by hand
    uint64_t closed = 0;
    uint64_t late = 0; // results that came after their generation had ended
    uint64_t slow = 0; // results of slow calls
    bool operator==(const BreakerCounters &) const = default;
};
struct RetryCounters {
    static constexpr size_t kReasons = 6;
    uint64_t retries = 0; // planned
    uint64_t attempts = 0; // sent
    std::array<uint64_t, kReasons> givenUp{}; // by RetryVerdict::Reason
    bool operator==(const RetryCounters &) const = default;
};
// Of a gate that has no counters of its own.
struct GateCounters {
    PolicyKind kind{};
    uint64_t permitted = 0;
    uint64_t rejected = 0;
    bool operator==(const GateCounters &) const = default;
};
struct BulkheadCounters {
    uint64_t permitted = 0; // given a slot, at once or after waiting
    uint64_t rejected = 0; // at once
    uint64_t queued = 0;
    uint64_t expired = 0; // waited in vain
    bool operator==(const BulkheadCounters &) const = default;
};
struct TimeoutCounters {
    uint64_t attempts = 0; // cut off
    uint64_t waits = 0; // cut off while no attempt was out
    bool operator==(const TimeoutCounters &) const = default;
};
struct FallbackCounters {
    uint64_t answered = 0;
    bool operator==(const FallbackCounters &) const = default;
};
struct HealthCounters {
    uint64_t probes = 0;
    uint64_t failed = 0;
    uint64_t restarts = 0;
    bool operator==(const HealthCounters &) const = default;
};
struct LockCounters {
    uint64_t acquired = 0;
    uint64_t notAcquired = 0;
    uint64_t writesAccepted = 0;
    uint64_t writesRefused = 0;
    uint64_t staleAccepted = 0; // of those accepted: somebody with a later grant had written before
    bool operator==(const LockCounters &) const = default;
};

// What the patterns of a run did, added up over all who use them; none for patterns that the run does not have. A
// policy is there when some client or service knows it, in use or not.
class RunCounters {
public:
    RunCounters() = default; // of a run without patterns
    explicit RunCounters(const sim::Scenario &scenario);

    // Every event of the run, in order.
    void add(const sim::Event &event);
    // The world in which the run ended, for what no single event tells.
    void close(const sim::World &world);

    const std::vector<BreakerCounters> &breakers() const { return m_breakers; } // one a pipeline that knows a breaker
    const std::optional<RetryCounters> &retry() const { return m_retry; }
    const std::vector<GateCounters> &gates() const { return m_gates; } // the limiter and others, by kind
    const std::optional<BulkheadCounters> &bulkhead() const { return m_bulkhead; }
    const std::optional<TimeoutCounters> &timeout() const { return m_timeout; }
    const std::optional<FallbackCounters> &fallback() const { return m_fallback; }
    const std::optional<HealthCounters> &healthCheck() const { return m_healthCheck; }
    const std::optional<LockCounters> &distributedLock() const { return m_lock; }

private:
    BreakerCounters *breakerOf(const sim::Event &event);
    void addToBreaker(const sim::Event &event);
    void addToPolicies(const sim::Event &event);
    void addToLock(const sim::Event &event);

    std::vector<PolicyOrder> m_known; // one a pipeline
    std::vector<BreakerCounters> m_breakers;
    std::optional<RetryCounters> m_retry;
    std::vector<GateCounters> m_gates;
    std::optional<BulkheadCounters> m_bulkhead;
    std::optional<TimeoutCounters> m_timeout;
    std::optional<FallbackCounters> m_fallback;
    std::optional<HealthCounters> m_healthCheck;
    std::optional<LockCounters> m_lock;
};

} // namespace resilience::io
