// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/pipeline.h"
#include "tests/runtime/manual_clock.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tests {

// Parts with small numbers for a pipeline, on a clock that stands still but for sleeps.
struct PipelineParts {
    PipelineParts()
    {
        retry.config.backoff.baseDelay = std::chrono::seconds{1};
        repeatable.operation.idempotent = true;
    }

    resilience::runtime::PipelineConfig config(std::vector<resilience::runtime::AnyPolicy> policies)
    {
        return {.policies = std::move(policies), .clock = clock.clock()};
    }

    ManualClock clock;
    resilience::runtime::RetryPolicy retry;
    std::shared_ptr<resilience::runtime::SharedTokenBucket> tokens =
        std::make_shared<resilience::runtime::SharedTokenBucket>(
            resilience::TokenBucketConfig{
                .capacity = 10, .refill = {1, std::chrono::hours{8784}}, .initial = std::nullopt},
            clock.clock());
    // Opens after three failures in a row, for 30 s.
    std::shared_ptr<resilience::runtime::SharedCircuitBreaker> breaker =
        std::make_shared<resilience::runtime::SharedCircuitBreaker>(threeFailures(), clock.clock());
    std::shared_ptr<resilience::runtime::SharedBulkhead> bulkhead =
        std::make_shared<resilience::runtime::SharedBulkhead>(
            resilience::BulkheadConfig{.maxConcurrent = 2, .maxQueue = 0, .maxWait = resilience::Duration::zero()},
            clock.clock());
    std::shared_ptr<resilience::runtime::SharedFallback> fallback =
        std::make_shared<resilience::runtime::SharedFallback>(resilience::Fallback(), clock.clock());
    resilience::runtime::CallOptions repeatable;

    // Whole tokens taken so far.
    int tokensTaken() const { return int(10.0 - tokens->available() + 0.5); }

private:
    static resilience::CircuitBreakerConfig threeFailures()
    {
        resilience::CircuitBreakerConfig config;
        config.failureThreshold = 3;
        return config;
    }
};

inline resilience::Failure of(resilience::ErrorKind kind) { return {kind, std::nullopt, std::nullopt}; }

[[noreturn]] inline void fail(resilience::ErrorKind kind = resilience::ErrorKind::ServerError)
{
    throw resilience::runtime::CallError(of(kind), "failed");
}

inline std::string messageOf(const std::exception_ptr &error)
{
    try {
        if (error)
            std::rethrow_exception(error);
    } catch (const std::exception &known) {
        return known.what();
    }
    return "none";
}

} // namespace tests
