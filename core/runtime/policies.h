// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/fallback.h"
#include "core/patterns/hedging_config.h"
#include "core/patterns/pipeline/gate.h"
#include "core/patterns/pipeline/policy_list.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/patterns/retry/retry_config.h"
#include "core/random_stream.h"
#include "core/runtime/guarded.h"
#include "core/runtime/shared_bulkhead.h"
#include "core/runtime/shared_circuit_breaker.h"
#include "core/runtime/shared_limiter.h"
#include "core/runtime/shared_token_bucket.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

// The policies that a pipeline nests. Those behind a pointer belong to a target: all pipelines to it share them.
namespace resilience::runtime {

using SharedFallback = Guarded<Fallback>;
using SharedRetryBudget = Guarded<RetryBudget>;

/// operation(budget), under the budget's lock; operation(nullptr) where there is none.
template <typename Operation> auto withBudget(const std::shared_ptr<SharedRetryBudget> &budget, Operation &&operation)
{
    if (!budget)
        return operation(static_cast<RetryBudget *>(nullptr));
    return budget->with([&](RetryBudget &core) { return operation(&core); });
}

/// Ends what is inside it: a deadline is handed down, so that waiting ends by it and an answer at or after it is a
/// TimedOut, to all that stand between.
struct TimeoutPolicy {
    GivenDuration limit; // > 0, from when the call gets here
};

/// Makes what is inside it again after a failure.
struct RetryPolicy {
    RetryConfig config = {};
    std::shared_ptr<SharedRetryBudget> budget = nullptr; // none = no limit but the attempts
    std::optional<RandomStream> random = std::nullopt; // for the jitter; none = seeded by the system, as it should be
                                                       // outside of tests
};

/// Makes what is inside it several times at once: see Hedging and Pipeline.
struct HedgingPolicy {
    HedgingConfig config = {};
    std::shared_ptr<SharedRetryBudget> budget = nullptr; // counts hedges as retries; none = no limit but the attempts
};

/// Each is asked for one permit. The leaky queue lets its caller wait for its turn, unless the deadline comes first.
using AnySharedLimiter =
    std::variant<std::shared_ptr<SharedTokenBucket>, std::shared_ptr<SharedLeakyBucket>,
                 std::shared_ptr<SharedLeakyQueue>, std::shared_ptr<SharedFixedWindow>,
                 std::shared_ptr<SharedSlidingWindowLog>, std::shared_ptr<SharedSlidingWindowCounter>>;

namespace detail {

/// Gates that answer by themselves, and have no shell of their own, are guarded as they are.
template <typename Spec>
inline constexpr bool isGuardedAlone =
    GateCore<typename Spec::Core> &&Spec::kKind != PolicyKind::RateLimiter &&Spec::kKind != PolicyKind::CircuitBreaker;
template <typename Policy> inline constexpr bool isGuardedGate = false;
template <typename Core> inline constexpr bool isGuardedGate<std::shared_ptr<Guarded<Core>>> = GateCore<Core>;
template <typename Base, typename List> struct WithGates;
template <typename Base, typename... S> struct WithGates<Base, PolicyList<S...>> {
    using type =
        typename VariantOfEach<Base, std::conditional_t<isGuardedAlone<S>, std::shared_ptr<Guarded<typename S::Core>>,
                                                        TimeoutPolicy>...>::type;
};

} // namespace detail

/// Of a kind that is not named here: a guarded core, std::make_shared<Guarded<Core>>(Core(config)).
using AnyPolicy = detail::WithGates<
    std::variant<std::shared_ptr<SharedFallback>, TimeoutPolicy, RetryPolicy, HedgingPolicy, AnySharedLimiter,
                 std::shared_ptr<SharedCircuitBreaker>, std::shared_ptr<SharedBulkhead>>,
    Policies>::type;

/// The parts of the usual pipeline, each of which may be missing, in their order.
struct UsualPolicies {
    std::shared_ptr<SharedFallback> fallback = nullptr;
    std::optional<GivenDuration> totalTimeout = std::nullopt; // all attempts and the waits between them
    std::optional<RetryPolicy> retry = std::nullopt;
    std::optional<HedgingPolicy> hedging = std::nullopt;
    std::optional<AnySharedLimiter> rateLimiter = std::nullopt;
    std::shared_ptr<SharedCircuitBreaker> circuitBreaker = nullptr;
    std::shared_ptr<SharedBulkhead> bulkhead = nullptr;
    std::optional<GivenDuration> attemptTimeout = std::nullopt; // the callable alone
};

/// Outermost first: fallback, total timeout, retry, hedging, rate limiter, circuit breaker, bulkhead, attempt timeout.
/// So every retry and every hedge passes limiter, breaker and bulkhead again.
std::vector<AnyPolicy> inUsualOrder(const UsualPolicies &parts);

/// What is wrong with the first policy that is, its field led by its place ("policies[2].max_attempts"), or none.
std::optional<ConfigError> validate(const std::vector<AnyPolicy> &policies);

} // namespace resilience::runtime
