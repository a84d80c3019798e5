// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/any_nest.h"

#include <algorithm>
#include <memory>
#include <string>

namespace tests {

using namespace resilience;
using namespace std::chrono_literals;

namespace {

enum class NestKind { Fallback, Timeout, Retry, Hedging, Limiter, Breaker, Bulkhead };

uint64_t whole(RandomStream &random, uint64_t least, uint64_t most)
{
    return least + random.next() % (most - least + 1);
}
Duration milliseconds(RandomStream &random, uint64_t least, uint64_t most)
{
    return Duration{static_cast<int64_t>(whole(random, least * 500'000, most * 500'000) * 2 + 1)};
}

AnyLimiterConfig limiter(RandomStream &random)
{
    switch (whole(random, 0, 5)) {
    case 0:
        return TokenBucketConfig{whole(random, 1, 5), Rate::perSecond(double(whole(random, 1, 20))), {}, {}};
    case 1:
        return LeakyBucketConfig{whole(random, 1, 5), Rate::perSecond(double(whole(random, 1, 20))), 0};
    case 2:
        return LeakyQueueConfig{whole(random, 0, 4), Rate::perSecond(double(whole(random, 2, 20)))};
    case 3:
        return FixedWindowConfig{whole(random, 1, 5), milliseconds(random, 100, 2000)};
    case 4:
        return SlidingWindowLogConfig{whole(random, 1, 5), milliseconds(random, 100, 2000)};
    default:
        return SlidingWindowCounterConfig{whole(random, 1, 5), milliseconds(random, 100, 2000)};
    }
}

CircuitBreakerConfig breaker(RandomStream &random)
{
    CircuitBreakerConfig config;
    config.failureThreshold = static_cast<uint32_t>(whole(random, 1, 4));
    if (random.chance(0.4)) {
        config.window = {OutcomeWindowConfig::Kind::Count, static_cast<uint32_t>(whole(random, 2, 6)), 0s};
        config.minimumCalls = static_cast<uint32_t>(whole(random, 1, 2));
        config.slowCallDuration = milliseconds(random, 20, 300);
        config.slowCallRateThreshold = Ratio::of(0.5);
    }
    config.openDuration = milliseconds(random, 50, 800);
    config.halfOpenMaxCalls = static_cast<uint32_t>(whole(random, 1, 2));
    config.halfOpenRule = static_cast<HalfOpenRule>(whole(random, 0, 2));
    return config;
}

// Who was told when to come back comes back together with others: alone, then.
RetrySettings retry(RandomStream &random, bool alone)
{
    RetryConfig config;
    config.maxAttempts = static_cast<uint32_t>(whole(random, 1, 4));
    config.backoff.baseDelay = milliseconds(random, 1, 200);
    config.backoff.strategy = static_cast<BackoffStrategy>(whole(random, 0, 2));
    config.backoff.jitter = static_cast<Jitter>(whole(random, 0, 4));
    config.retryRejected = alone && random.chance(0.5);
    if (random.chance(0.2))
        config.maxElapsed = milliseconds(random, 100, 2000);
    return {config, RandomStream(random.next(), "jitter")};
}

HedgingConfig anyHedging(RandomStream &random)
{
    HedgingConfig config;
    config.maxAttempts = static_cast<uint32_t>(whole(random, 1, 4));
    config.delay = random.chance(0.2)   ? std::nullopt
                   : random.chance(0.2) ? std::optional<Duration>{0ns}
                                        : std::optional{milliseconds(random, 5, 300)};
    return config;
}

BulkheadConfig bulkhead(RandomStream &random, bool crowded)
{
    BulkheadConfig config;
    config.maxConcurrent = crowded ? static_cast<uint32_t>(whole(random, 1, 2)) : 200;
    config.maxQueue = static_cast<uint32_t>(whole(random, 0, 2));
    if (random.chance(0.5))
        config.maxWait = milliseconds(random, 20, 500);
    return config;
}

// Threads have no order of what comes at one moment, and need not have. So nests in which that shows are left out: what
// an attempt holds when it is cut off comes back on threads a little later, when another one may have begun; and a
// fallback beside other attempts takes its time there.
std::vector<NestKind> anyKinds(RandomStream &random)
{
    std::vector<NestKind> kinds;
    for (uint64_t left = whole(random, 1, 7); left > 0; --left)
        kinds.push_back(static_cast<NestKind>(whole(random, 0, 6)));
    size_t hedging = std::find(kinds.begin(), kinds.end(), NestKind::Hedging) - kinds.begin();
    for (size_t i = hedging; i < kinds.size(); ++i) {
        const bool permits = std::any_of(kinds.begin() + std::ptrdiff_t(i), kinds.end(), [](NestKind kind) {
            return kind == NestKind::Breaker || kind == NestKind::Bulkhead;
        });
        if (kinds[i] == NestKind::Timeout && permits)
            kinds[i] = NestKind::Retry;
    }
    // Every hedging makes up to four of each attempt.
    for (size_t i = hedging + 1; i < kinds.size(); ++i)
        if (kinds[i] == NestKind::Hedging || kinds[i] == NestKind::Fallback)
            kinds[i] = NestKind::Limiter;
    if (std::find(kinds.begin(), kinds.end(), NestKind::Fallback) == kinds.end())
        kinds.insert(kinds.begin(), NestKind::Fallback);
    return kinds;
}

} // namespace

Play::Play(uint64_t itsSeed) : seed(itsSeed)
{
    RandomStream random(seed, "play");
    const std::vector<NestKind> kinds = anyKinds(random);
    const uint64_t many = whole(random, 1, 5);
    bool hedged = false;
    for (size_t i = 0; i < kinds.size(); ++i) {
        const bool repeats = std::any_of(kinds.begin() + std::ptrdiff_t(i) + 1, kinds.end(), [](NestKind kind) {
            return kind == NestKind::Retry || kind == NestKind::Hedging;
        });
        switch (kinds[i]) {
        case NestKind::Fallback: {
            FallbackConfig config{random.chance(0.5), random.chance(0.5), true};
            nest.emplace_back(config);
            break;
        }
        case NestKind::Timeout:
            nest.emplace_back(TimeLimitSettings{milliseconds(random, 30, 1500),
                                                repeats ? PolicyKind::TotalTimeout : PolicyKind::AttemptTimeout});
            break;
        case NestKind::Retry:
            nest.emplace_back(retry(random, many == 1));
            break;
        case NestKind::Hedging:
            nest.emplace_back(anyHedging(random));
            hedged = true;
            break;
        case NestKind::Limiter:
            nest.emplace_back(limiter(random));
            break;
        case NestKind::Breaker:
            nest.emplace_back(breaker(random));
            break;
        case NestKind::Bulkhead:
            nest.emplace_back(bulkhead(random, !hedged));
            break;
        }
    }
    if (random.chance(0.3))
        budget = RetryBudgetConfig{Ratio::of(0.5), double(whole(random, 0, 2)), 2s};
    Time begins = at(1s);
    for (uint64_t left = many; left > 0; --left) {
        begins += milliseconds(random, 1, 250);
        Call call{begins, {.idempotent = random.chance(0.85)}, {}, {}};
        // One far away is as good as none; threads in simulated time always need a moment to sleep until.
        call.deadline = Deadline::at(begins + (random.chance(0.25) ? milliseconds(random, 10, 1200) : 9000h));
        if (random.chance(0.15))
            call.cancelled = begins + milliseconds(random, 1, 600);
        calls.push_back(call);
    }
}

Play::Reply Play::replyTo(size_t call, uint32_t number) const
{
    RandomStream random(seed, "reply " + std::to_string(call) + " " + std::to_string(number));
    Reply reply{milliseconds(random, 1, 250), Outcome::Success, {}};
    if (random.chance(0.1))
        reply.takes = 1h;
    if (random.chance(0.5))
        return reply;
    reply.outcome = Outcome::Failure;
    reply.failure.kind = static_cast<ErrorKind>(whole(random, 0, 5));
    if (reply.failure.kind == ErrorKind::Rejected)
        reply.failure.kind = ErrorKind::Other;
    if (random.chance(0.1))
        reply.failure.retryAfter = milliseconds(random, 1, 300);
    if (random.chance(0.1))
        reply.failure.retryable = random.chance(0.5);
    return reply;
}

std::vector<runtime::AnyPolicy> policiesOf(const std::vector<PolicySettings> &nest,
                                           const std::optional<RetryBudgetConfig> &budgetConfig,
                                           const runtime::Clock &clock)
{
    using namespace runtime;
    std::shared_ptr<SharedRetryBudget> budget;
    if (budgetConfig)
        budget = std::make_shared<SharedRetryBudget>(RetryBudget(*budgetConfig), clock);
    struct Make {
        const Clock &clock;
        const std::shared_ptr<SharedRetryBudget> &budget;

        AnyPolicy operator()(const FallbackConfig &c) const
        {
            return std::make_shared<SharedFallback>(Fallback(c), clock);
        }
        AnyPolicy operator()(const TimeLimitSettings &c) const { return TimeoutPolicy{c.limit}; }
        AnyPolicy operator()(const RetrySettings &c) const { return RetryPolicy{c.config, budget, c.random}; }
        AnyPolicy operator()(const HedgingConfig &c) const { return HedgingPolicy{c, budget}; }
        AnyPolicy operator()(const AnyLimiterConfig &c) const { return std::visit(*this, c); }
        AnyPolicy operator()(const TokenBucketConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedTokenBucket>(c, clock));
        }
        AnyPolicy operator()(const LeakyBucketConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedLeakyBucket>(c, clock));
        }
        AnyPolicy operator()(const LeakyQueueConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedLeakyQueue>(c, clock));
        }
        AnyPolicy operator()(const FixedWindowConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedFixedWindow>(c, clock));
        }
        AnyPolicy operator()(const SlidingWindowLogConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedSlidingWindowLog>(c, clock));
        }
        AnyPolicy operator()(const SlidingWindowCounterConfig &c) const
        {
            return runtime::AnySharedLimiter(std::make_shared<SharedSlidingWindowCounter>(c, clock));
        }
        AnyPolicy operator()(const CircuitBreakerConfig &c) const
        {
            return std::make_shared<SharedCircuitBreaker>(c, clock);
        }
        AnyPolicy operator()(const BulkheadConfig &c) const { return std::make_shared<SharedBulkhead>(c, clock); }
    };
    std::vector<AnyPolicy> policies;
    for (const PolicySettings &settings : nest)
        policies.push_back(std::visit(Make{clock, budget}, settings));
    return policies;
}

} // namespace tests
