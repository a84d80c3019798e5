// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/deadline.h"
#include "core/patterns/retry.h"
#include "core/patterns/timeouts.h"
#include "core/runtime/call_error.h"
#include "core/runtime/call_result.h"
#include "core/runtime/guarded.h"
#include "core/runtime/shared_bulkhead.h"
#include "core/runtime/shared_circuit_breaker.h"
#include "core/runtime/shared_token_bucket.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

// What a callable is told about the attempt that it makes. It must end by the deadline and when asked to stop: nobody
// can end it from outside.
struct Attempt {
    uint32_t number = 1; // from 1
    Deadline deadline; // of this attempt, never later than the call's; send what remains of it along
    std::stop_token stop;
};

struct CallOptions {
    Deadline deadline; // the caller's own
    std::stop_token stop; // ends waiting, at once; the callable gets it too
    Operation operation; // whether a repetition does no harm; by default that is unknown
};

// Every part is optional. Limiter, breaker, bulkhead and budget belong to a target: all pipelines to it share them.
struct PipelineConfig {
    TimeoutConfig timeouts{std::nullopt, std::nullopt, std::nullopt, std::nullopt}; // total and attempt; connect and
                                                                                    // read are the callable's to keep
    std::optional<RetryConfig> retry; // none = one attempt
    std::shared_ptr<Guarded<RetryBudget>> budget;
    std::shared_ptr<SharedTokenBucket> rateLimiter; // asked for one token per attempt
    std::shared_ptr<SharedCircuitBreaker> circuitBreaker;
    std::shared_ptr<SharedBulkhead> bulkhead;
    std::function<Judgement(const std::exception_ptr &)> judge = judgeException; // called by many threads at once
    RandomStream random; // for the jitter: give every pipeline its own
    Clock clock;
};

// Calls through all patterns, outermost first: total timeout, retry, rate limiter, circuit breaker, bulkhead, attempt
// timeout, call. Every retry passes the inner ones again. To be called by any number of threads at once.
//
// An attempt that an inner part refuses leaves no trace in the outer ones: the breaker's permit counts as cancelled,
// the token goes back. The breaker measures the callable alone, without the wait for a slot: a queue on our side is not
// the target's slowness (resilience4j measures both). A rejection is retried only if retry_rejected says so. After a
// request to stop, an exception is a cancellation: neutral to the breaker, and not retried.
class Pipeline {
public:
    // Throws InvalidConfig.
    explicit Pipeline(PipelineConfig config);

    // Calls function(attempt), or function() where it takes nothing, on this thread, and waits on this thread. Throws
    // nothing that the function threw; only what running out of memory or `judge` throws.
    template <typename Function> auto call(Function &&function, const CallOptions &options = {})
    {
        using T = decltype(invoke(function, std::declval<const Attempt &>()));
        std::optional<typename CallResult<T>::Value> value;
        const auto run = [&](const Attempt &attempt) {
            value.reset();
            if constexpr (std::is_void_v<T>) {
                invoke(function, attempt);
                value.emplace();
            } else {
                value.emplace(invoke(function, attempt));
            }
        };
        const Ending ending = callAny(std::cref(run), options);
        if (ending.refusal)
            return CallResult<T>(*ending.refusal, ending.attempts);
        if (ending.error)
            return CallResult<T>(ending.error, ending.attempts);
        return CallResult<T>(std::in_place_index<0>, std::move(*value), ending.attempts);
    }

private:
    using Run = std::function<void(const Attempt &)>;

    // Of an attempt, or of the call. Neither refusal nor error: it has a value.
    struct Ending {
        Outcome outcome = Outcome::Success;
        Failure failure; // unless a success
        std::optional<Refusal> refusal;
        std::exception_ptr error;
        uint32_t attempts = 1;
    };

    template <typename Function> static decltype(auto) invoke(Function &function, const Attempt &attempt)
    {
        if constexpr (std::is_invocable_v<Function &, const Attempt &>)
            return function(attempt);
        else
            return function();
    }

    Ending callAny(const Run &run, const CallOptions &options);
    Ending attempt(const Run &run, Attempt attempt, const Deadline &call);
    Ending runOnce(const Run &run, Attempt attempt, const Deadline &call, Duration &took) const;
    RetryCall begin(const CallOptions &options, const Deadline &deadline, Time now);
    RetryVerdict judge(RetryCall &call, const Ending &ending);

    const PipelineConfig m_config;
    const Timeouts m_timeouts;
    Guarded<Retry> m_retry;
};

} // namespace resilience::runtime
