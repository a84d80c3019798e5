// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/patterns/any_limiter.h"
#include "core/patterns/bulkhead_config.h"
#include "core/patterns/circuit_breaker_config.h"
#include "core/patterns/fallback.h"
#include "core/patterns/hedging_config.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/patterns/retry/retry_config.h"
#include "core/random_stream.h"
#include "core/time.h"

#include <optional>
#include <variant>

namespace resilience {

/// The settings of every policy, in use or not, so that one can be switched on later.
struct PipelineConfig {
    PolicyOrder order; // those in use, outermost first
    /// Those meant for it, in use or not, where they would come; only for who switches them on and off.
    PolicyOrder configured;
    FallbackConfig fallback;
    GivenDuration totalTimeout = std::chrono::seconds{5}; // > 0. Bounds whatever lies inside it: usually the whole call
    GivenDuration attemptTimeout = std::chrono::seconds{1}; // > 0. Usually innermost: a single attempt
    RetryConfig retry;
    HedgingConfig hedging;
    std::optional<RetryBudgetConfig> retryBudget; // counts retries and hedges; none = no budget
    AnyLimiterConfig rateLimiter;
    CircuitBreakerConfig circuitBreaker;
    BulkheadConfig bulkhead;

    /// The first field out of its range, or none. Policies that are not in use are checked too.
    std::optional<ConfigError> validate() const;
    /// With every policy in use among those configured.
    PipelineConfig completed() const;
    bool operator==(const PipelineConfig &) const = default;
};

/// A time limit in a nest; the kind is only its name.
struct TimeLimitSettings {
    GivenDuration limit = std::chrono::seconds{1}; // > 0
    PolicyKind kind = PolicyKind::AttemptTimeout; // or TotalTimeout
};
struct RetrySettings {
    RetryConfig config;
    RandomStream random; // for the jitter; each its own
};
/// One policy of a nest in which each kind may occur any number of times.
using PolicySettings = std::variant<FallbackConfig, TimeLimitSettings, RetrySettings, HedgingConfig, AnyLimiterConfig,
                                    CircuitBreakerConfig, BulkheadConfig>;

} // namespace resilience
