// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/retry.h"
#include "core/runtime/attempt.h"
#include "core/runtime/call.h"
#include "core/runtime/call_error.h"
#include "core/runtime/call_result.h"
#include "core/runtime/ending.h"
#include "core/runtime/executor.h"
#include "core/runtime/policies.h"

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace resilience::runtime {

struct PipelineConfig {
    std::vector<AnyPolicy> policies = {}; // outermost first, in any order and number: see inUsualOrder()
    std::function<Judgement(const std::exception_ptr &)> judge = judgeException; // called by many threads at once
    Clock clock = {};
    Executor executor = onOwnThread; // runs hedged attempts
};

// Calls through nested policies, in the order of its configuration: a policy acts on what is inside it, as often as
// what is outside lets it. Every retry and every hedge passes those inside it again. To be called by any number of
// threads at once.
//
// Whoever says no refuses the call, and those outside give back what they can: slot and trial, tokens of a token bucket
// if the callable was not reached. A refusal is neutral to a breaker, and so is a cancellation; a fallback's answer
// does not hide from it how the primary ended. The breaker measures the callable alone, without waits inside it: a
// queue on our side is not the target's slowness (resilience4j measures both). A rejection is retried only if
// retry_rejected says so. After a request to stop, an exception is a cancellation: neutral, and not retried.
//
// Hedging. The attempts run on the executor's threads and use the callable at once, and those that lose may go on after
// call() has returned, which waits neither for them nor beyond the deadline. They are asked to stop, and give their
// permits back when they return. So the callable (and the fallback, if it is inside) is copied into the call, or moved
// if it is handed over by std::move; it must be safe to use from several threads, and own what it uses. The destructor
// waits for the last of them. Where the operation may not be repeated, all is as if there were no hedging.
class Pipeline {
public:
    // Throws InvalidConfig.
    explicit Pipeline(PipelineConfig config);
    ~Pipeline() { m_tasks.waitForNone(); }

    // Calls function(attempt), or function() where it takes nothing, on this thread, and waits on this thread. Throws
    // nothing that the function threw; only what running out of memory or `judge` throws, and where that happens to a
    // hedged attempt, the attempt fails of it.
    template <typename Function> auto call(Function &&function, const CallOptions &options = {})
    {
        return callWith(std::forward<Function>(function), options, NoFallback());
    }

    // As above; where the fallback policy says so, answers with fallback(result of the primary), or fallback(). Without
    // a fallback policy in the configuration there is one outermost, which answers failures, timeouts and rejections.
    // An exception of the fallback is the call's. Once the deadline of the fallback's place has come, nobody is left
    // who wants its answer.
    template <typename Function, typename Fallback>
    auto call(Function &&function, const CallOptions &options, Fallback &&fallback)
    {
        return callWith(std::forward<Function>(function), options, std::forward<Fallback>(fallback));
    }

private:
    template <typename Function, typename Fallback>
    auto callWith(Function &&function, const CallOptions &options, Fallback &&fallback)
    {
        using T = decltype(invokeFor(function, std::declval<const Attempt &>()));
        using Owned = TypedCall<T, std::decay_t<Function>, std::decay_t<Fallback>>;
        static_assert(std::is_constructible_v<std::decay_t<Function>, Function>,
                      "a hedged call takes a copy: hand the function over by std::move, or as std::ref if it lives on");
        typename Owned::Slot slot;
        const auto result = [&](Call &call) {
            const Ending ending = callAny(call, options, &slot);
            if (ending.refusal)
                return CallResult<T>(*ending.refusal, call.attempts());
            if (ending.error)
                return CallResult<T>(ending.error, call.attempts());
            return CallResult<T>(std::in_place_index<0>, std::move(*slot), call.attempts(), ending.fromFallback);
        };
        if (m_hedges && options.operation.mayRepeat())
            return result(*std::make_shared<Owned>(options.operation, std::forward<Function>(function),
                                                   std::forward<Fallback>(fallback)));
        TypedCall<T, std::remove_reference_t<Function> &, std::remove_reference_t<Fallback> &> call(options.operation,
                                                                                                    function, fallback);
        return result(call);
    }

    Ending callAny(Call &call, const CallOptions &options, void *slot);

    // Through the policy at this place and all inside it; beyond the last one is the callable.
    Ending enter(size_t place, Call &call, const Attempt &attempt, void *slot);
    Ending pass(const std::shared_ptr<SharedFallback> &fallback, size_t place, Call &call, const Attempt &attempt,
                void *slot);
    Ending pass(const TimeoutPolicy &timeout, size_t place, Call &call, const Attempt &attempt, void *slot);
    Ending pass(const RetryPolicy &policy, size_t place, Call &call, const Attempt &attempt, void *slot);
    Ending pass(const HedgingPolicy &policy, size_t place, Call &call, const Attempt &attempt, void *slot);
    Ending pass(const AnyLimiter &limiter, size_t place, Call &call, const Attempt &attempt, void *slot);
    Ending pass(const std::shared_ptr<SharedCircuitBreaker> &breaker, size_t place, Call &call, const Attempt &attempt,
                void *slot);
    Ending pass(const std::shared_ptr<SharedBulkhead> &bulkhead, size_t place, Call &call, const Attempt &attempt,
                void *slot);
    template <typename Run> Ending runOnce(const Attempt &attempt, const Run &run) const;
    bool countsRequest(size_t place) const;

    PipelineConfig m_config;
    std::vector<std::unique_ptr<Guarded<Retry>>> m_retries; // by place; null where the policy is another
    bool m_hedges = false;
    TaskCount m_tasks;
};

} // namespace resilience::runtime
