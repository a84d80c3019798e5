// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/hedging.h"
#include "core/patterns/pipeline/call_walk.h"
#include "core/patterns/retry.h"
#include "core/runtime/call_error.h"
#include "core/runtime/clock.h"
#include "core/runtime/executor.h"
#include "core/runtime/guarded.h"
#include "core/runtime/policies.h"
#include "core/runtime/watchdog.h"

#include <functional>
#include <memory>
#include <vector>

namespace resilience::runtime {

/// Something that was decided or happened on the way of a call: a refusal, a wait, a retry, a hedge, a limit's end, a
/// fallback, a breaker's move, an attempt's beginning and end, and how the call ended. (WakeUp never comes.)
using PipelineEvent = decltype(PipelineStep::what);

struct PipelineConfig {
    std::vector<AnyPolicy> policies = {}; // outermost first, in any order and number: see inUsualOrder()
    std::function<Judgement(const std::exception_ptr &)> judge = judgeException; // called by many threads at once
    Clock clock = {}; // of its policies too
    Executor executor = onOwnThread; // runs hedged attempts
    /// Is told of everything that happens to a call, on the call's thread, while no lock is held; by many threads at
    /// once. What it throws is dropped. None = nobody looks, and nothing is paid for it.
    std::function<void(const PipelineEvent &)> observer = nullptr;
};

/// What a pipeline is made of, ready for use. Shared with the attempts that outlive its calls.
struct PipelineSetup {
    /// Throws InvalidConfig.
    explicit PipelineSetup(PipelineConfig its);

    /// Permits that an attempt has kept until it returned.
    void giveBack(const std::vector<KeptPermit> &kept) const;
    /// How what a gate has let pass ended.
    void tellGate(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now) const;
    void tell(const PipelineEvent &event) const noexcept;
    /// operation(core), under the lock of a gate that is guarded as it is; nothing for other policies.
    template <typename Operation> void withGate(const PolicyLayer &layer, const Operation &operation) const
    {
        const auto locked = [&]<typename Policy>(const Policy &policy) {
            if constexpr (detail::isGuardedGate<Policy>)
                policy->with(operation);
        };
        std::visit(locked, config.policies[layer.slot]);
    }
    const std::shared_ptr<SharedCircuitBreaker> &breaker(const PolicyLayer &layer) const
    {
        return std::get<std::shared_ptr<SharedCircuitBreaker>>(config.policies[layer.slot]);
    }
    const std::shared_ptr<SharedBulkhead> &bulkhead(const PolicyLayer &layer) const
    {
        return std::get<std::shared_ptr<SharedBulkhead>>(config.policies[layer.slot]);
    }

    PipelineConfig config;
    PolicyNest nest; // a slot is a place among the policies
    bool hedges = false; // if the operation may be repeated
    std::vector<std::unique_ptr<Guarded<Retry>>> retries; // by place; null where the policy is another
    std::vector<Hedging> hedgings; // likewise; unused
    std::vector<std::shared_ptr<SharedRetryBudget>> counts; // by place: the budget that a call is counted in there
    std::shared_ptr<TaskCount> tasks = std::make_shared<TaskCount>();
    std::unique_ptr<Watchdog> watchdog;
};

} // namespace resilience::runtime
