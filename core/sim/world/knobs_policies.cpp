// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr uint32_t kEndlessQueue = 10'000;
// The misconception that a timeout anywhere will do. Turned at the last client's pipeline: where orders are compared,
// the last is the one that is tried out.
const Pipeline *tried(const World &world)
{
    return world.clients().empty() ? nullptr : &world.pipelines()[world.clients().back().pipeline()];
}

bool canBlindBreaker(const World &world)
{
    const Pipeline *pipeline = tried(world);
    return pipeline && pipeline->config().order.has(PolicyKind::CircuitBreaker)
           && pipeline->config().order.has(PolicyKind::AttemptTimeout);
}

double breakerIsBlind(const World &world)
{
    const PolicyOrder &order = tried(world)->config().order;
    return double(*order.levelOf(PolicyKind::AttemptTimeout) < *order.levelOf(PolicyKind::CircuitBreaker));
}

void setBreakerBlind(World &world, double value, StepContext &context)
{
    PipelineConfig config = tried(world)->config();
    if (value != 0)
        config.order.move(PolicyKind::AttemptTimeout, *config.order.levelOf(PolicyKind::CircuitBreaker));
    else
        config.order.move(PolicyKind::AttemptTimeout, config.order.size());
    KnobAccess::flow(world).reconfigure(world.clients().back().pipeline(), config, context);
}

constexpr auto kLimiter = PolicyKind::RateLimiter;
constexpr auto kBulkhead = PolicyKind::Bulkhead;

const AnyLimiterConfig &limiter(const World &world) { return KnobAccess::of<kLimiter>(world).rateLimiter; }
const BulkheadConfig &bulkhead(const World &world) { return KnobAccess::of<kBulkhead>(world).bulkhead; }

// Every limiter keeps its kind and what is not changed.
void setLimit(World &world, StepContext &context, std::optional<double> burst, std::optional<double> rate)
{
    KnobAccess::change<kLimiter>(world, context, [&](PipelineConfig &config) {
        const AnyLimiterConfig &old = config.rateLimiter;
        const auto *bucket = std::get_if<TokenBucketConfig>(&old);
        const auto faultyVariant = bucket ? bucket->faultyVariant : TokenBucketConfig::FaultyVariant{};
        config.rateLimiter =
            limiterConfig(kindOf(old), burst ? uint64_t(*burst) : burstOf(old), rate.value_or(perSecondOf(old)));
        if (auto *changed = std::get_if<TokenBucketConfig>(&config.rateLimiter))
            changed->faultyVariant = faultyVariant;
    });
}

template <typename Change> void changeBulkhead(World &world, StepContext &context, Change change)
{
    KnobAccess::change<kBulkhead>(world, context, [&](PipelineConfig &config) { change(config.bulkhead); });
}

} // namespace

std::vector<KnobSpec> limiterKnobs()
{
    constexpr auto has = &KnobAccess::has<kLimiter>;
    // clang-format off
    return {
        {"burst", "Capacity", "", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const World &w) { return double(burstOf(limiter(w))); },
         [](World &w, double v, StepContext &t) { setLimit(w, t, v, std::nullopt); }, has},
        {"limit_rate", "Permits per second", "/s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const World &w) { return perSecondOf(limiter(w)); },
         [](World &w, double v, StepContext &t) { setLimit(w, t, std::nullopt, v); }, has},
        {"limiter", "Limiter", "", Kind::Choice, 0, 5, 1, false, choicesOf<LimiterKind>(), false,
         [](const World &w) { return double(kindOf(limiter(w))); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::change<kLimiter>(w, t, [&](PipelineConfig &c) {
                 c.rateLimiter = limiterConfig(LimiterKind(int(v)), burstOf(c.rateLimiter), perSecondOf(c.rateLimiter));
             });
         }, has},
        {"broken_counts_time_twice", "A refill that counts the same time twice", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) {
             const auto *bucket = std::get_if<TokenBucketConfig>(&limiter(w));
             return double(bucket && bucket->faultyVariant.countsTimeTwice);
         },
         [](World &w, double v, StepContext &t) {
             KnobAccess::change<kLimiter>(w, t, [&](PipelineConfig &c) {
                 if (auto *bucket = std::get_if<TokenBucketConfig>(&c.rateLimiter))
                     bucket->faultyVariant.countsTimeTwice = v != 0;
             });
         }, [](const World &w) { return KnobAccess::has<kLimiter>(w) && std::holds_alternative<TokenBucketConfig>(limiter(w)); }},
    };
    // clang-format on
}

std::vector<KnobSpec> bulkheadKnobs()
{
    constexpr auto has = &KnobAccess::has<kBulkhead>;
    // clang-format off
    return {
        {"max_concurrent", "Slots", "", Kind::Whole, 1, 64, 1, false, {}, false,
         [](const World &w) { return double(bulkhead(w).maxConcurrent); },
         [](World &w, double v, StepContext &t) { changeBulkhead(w, t, [&](auto &c) { c.maxConcurrent = uint32_t(v); }); }, has},
        {"max_queue", "Seats in the queue", "", Kind::Whole, 0, 10000, 1, true, {}, false,
         [](const World &w) { return double(bulkhead(w).maxQueue); },
         [](World &w, double v, StepContext &t) { changeBulkhead(w, t, [&](auto &c) { c.maxQueue = uint32_t(v); }); }, has},
        {"broken_endless_queue", "A queue without end", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(bulkhead(w).maxQueue >= kEndlessQueue); },
         [](World &w, double v, StepContext &t) {
             changeBulkhead(w, t, [&](auto &c) {
                 c.maxQueue = v != 0 ? kEndlessQueue : 0;
                 c.maxWait = Duration{0};
             });
         }, has},
        {"max_wait", "Longest wait for a slot (0 = any)", "s", Kind::Real, 0, 60, 0.1, false, {}, false,
         [](const World &w) { return toSeconds(bulkhead(w).maxWait); },
         [](World &w, double v, StepContext &t) { changeBulkhead(w, t, [&](auto &c) { c.maxWait = fromSeconds(v); }); }, has},
    };
    // clang-format on
}

std::vector<KnobSpec> policyKnobs()
{
    constexpr auto kAttempt = PolicyKind::AttemptTimeout;
    constexpr auto kTotal = PolicyKind::TotalTimeout;
    // clang-format off
    return {
        {"timeout", "Client timeout", "s", Kind::Real, 0.01, 60, 0.1, true, {}, false,
         [](const World &w) { return toSeconds(KnobAccess::of<kAttempt>(w).attemptTimeout); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::change<kAttempt>(w, t, [&](PipelineConfig &c) { c.attemptTimeout = fromSeconds(v); });
         }, &KnobAccess::has<kAttempt>},
        {"total_timeout", "Total timeout", "s", Kind::Real, 0.01, 600, 0.5, true, {}, false,
         [](const World &w) { return toSeconds(KnobAccess::of<kTotal>(w).totalTimeout); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::change<kTotal>(w, t, [&](PipelineConfig &c) { c.totalTimeout = fromSeconds(v); });
         }, &KnobAccess::has<kTotal>},
        KnobAccess::useKnob<PolicyKind::Fallback>("use_fallback", "Fallback"),
        KnobAccess::useKnob<PolicyKind::TotalTimeout>("use_total_timeout", "Total timeout"),
        KnobAccess::useKnob<PolicyKind::Retry>("use_retry", "Retry"),
        KnobAccess::useKnob<PolicyKind::RateLimiter>("use_rate_limiter", "Rate limiter"),
        KnobAccess::useKnob<PolicyKind::CircuitBreaker>("use_circuit_breaker", "Circuit breaker"),
        KnobAccess::useKnob<PolicyKind::Bulkhead>("use_bulkhead", "Bulkhead"),
        KnobAccess::useKnob<PolicyKind::AttemptTimeout>("use_attempt_timeout", "Attempt timeout"),
        {"broken_timeout_outside_breaker", "Timeout outside the breaker", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         breakerIsBlind, setBreakerBlind, canBlindBreaker},
    };
    // clang-format on
}

} // namespace resilience::sim
