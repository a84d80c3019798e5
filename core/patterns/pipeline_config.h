// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/patterns/any_limiter.h"
#include "core/patterns/bulkhead_config.h"
#include "core/patterns/circuit_breaker_config.h"
#include "core/patterns/fallback.h"
#include "core/patterns/policy_order.h"
#include "core/patterns/retry_budget.h"
#include "core/patterns/retry_config.h"
#include "core/time.h"

#include <optional>

namespace resilience {

// The settings of every policy, in use or not, so that one can be switched on later.
struct PipelineConfig {
    PolicyOrder order; // those in use, outermost first
    PolicyOrder
        known; // those meant for it, in use or not, where they would come; only for who switches them on and off
    FallbackConfig fallback;
    GivenDuration totalTimeout = std::chrono::seconds{5}; // > 0. Bounds whatever lies inside it: usually the whole call
    GivenDuration attemptTimeout = std::chrono::seconds{1}; // > 0. Usually innermost: a single attempt
    RetryConfig retry;
    std::optional<RetryBudgetConfig> retryBudget; // none = no budget
    AnyLimiterConfig rateLimiter;
    CircuitBreakerConfig circuitBreaker;
    BulkheadConfig bulkhead;

    // The first field out of its range, or none. Policies that are not in use are checked too.
    std::optional<ConfigError> validate() const;
    bool operator==(const PipelineConfig &) const = default;
};

} // namespace resilience
