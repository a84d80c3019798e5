// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr uint32_t kEndlessQueue = 10'000;
// The misconception that a timeout anywhere will do. Not for a pipeline that others are compared with.
bool isControl(const KnobScope &scope)
{
    // Where nobody has a role, it is the earlier ones of those that make the same calls.
    const auto &clients = scope.world.clients();
    const auto hasLaterTwin = [&](auto client) {
        const std::string &stream = client->config().arrivals.arrivalStream;
        return !stream.empty() && std::any_of(std::next(client), clients.end(), [&](const Client &other) {
            return other.config().arrivals.arrivalStream == stream;
        });
    };
    for (auto client = clients.begin(); client != clients.end(); ++client)
        if (client->pipeline() == scope.owner)
            return client->config().role ? client->config().role == Role::Control : hasLaterTwin(client);
    return false;
}

bool canBlindBreaker(const KnobScope &scope)
{
    const PolicyOrder &order = KnobAccess::pipeline(scope).config().order;
    return order.has(PolicyKind::CircuitBreaker) && order.has(PolicyKind::AttemptTimeout) && !isControl(scope);
}

double breakerIsBlind(const KnobScope &scope)
{
    const PolicyOrder &order = KnobAccess::pipeline(scope).config().order;
    return double(*order.levelOf(PolicyKind::AttemptTimeout) < *order.levelOf(PolicyKind::CircuitBreaker));
}

void setBreakerBlind(const KnobHand &hand, double value)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) {
        const size_t level = value != 0 ? *config.order.levelOf(PolicyKind::CircuitBreaker) : config.order.size();
        config.order.move(PolicyKind::AttemptTimeout, level);
    });
}

constexpr auto kLimiter = PolicyKind::RateLimiter;

const AnyLimiterConfig &limiter(const KnobScope &scope) { return KnobAccess::pipeline(scope).config().rateLimiter; }
const BulkheadConfig &bulkhead(const KnobScope &scope) { return KnobAccess::pipeline(scope).config().bulkhead; }

// Every limiter keeps its kind and what is not changed.
void setLimit(const KnobHand &hand, std::optional<double> burst, std::optional<double> rate)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) {
        const AnyLimiterConfig &old = config.rateLimiter;
        const auto *bucket = std::get_if<TokenBucketConfig>(&old);
        const auto faultyVariant = bucket ? bucket->faultyVariant : TokenBucketConfig::FaultyVariant{};
        config.rateLimiter =
            limiterConfig(kindOf(old), burst ? uint64_t(*burst) : burstOf(old), rate.value_or(perSecondOf(old)));
        if (auto *changed = std::get_if<TokenBucketConfig>(&config.rateLimiter))
            changed->faultyVariant = faultyVariant;
    });
}

} // namespace

std::vector<KnobSpec> limiterKnobs()
{
    constexpr auto has = &KnobAccess::has<kLimiter>;
    // clang-format off
    return {
        {"burst", "Capacity", "", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const KnobScope &w) { return double(burstOf(limiter(w))); },
         [](const KnobHand &w, double v) { setLimit(w, v, std::nullopt); }, has},
        {"limit_rate", "Permits per second", "/s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const KnobScope &w) { return perSecondOf(limiter(w)); },
         [](const KnobHand &w, double v) { setLimit(w, std::nullopt, v); }, has},
        {"limiter", "Limiter", "", Kind::Choice, 0, 5, 1, false, choicesOf<LimiterKind>(), false,
         [](const KnobScope &w) { return double(kindOf(limiter(w))); },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) {
                 c.rateLimiter = limiterConfig(LimiterKind(int(v)), burstOf(c.rateLimiter), perSecondOf(c.rateLimiter));
             });
         }, has},
        {"broken_counts_time_twice", "A refill that counts the same time twice", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) {
             const auto *bucket = std::get_if<TokenBucketConfig>(&limiter(w));
             return double(bucket && bucket->faultyVariant.countsTimeTwice);
         },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) {
                 if (auto *bucket = std::get_if<TokenBucketConfig>(&c.rateLimiter))
                     bucket->faultyVariant.countsTimeTwice = v != 0;
             });
         }, [](const KnobScope &w) { return KnobAccess::has<kLimiter>(w) && std::holds_alternative<TokenBucketConfig>(limiter(w)); }},
    };
    // clang-format on
}

std::vector<KnobSpec> bulkheadKnobs()
{
    std::vector<KnobSpec> knobs = KnobAccess::settingKnobs<BulkheadSpec>();
    const auto longestWait = knobs.end() - 1;
    // clang-format off
    knobs.insert(longestWait,
        {"broken_endless_queue", "A queue without end", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(bulkhead(w).maxQueue >= kEndlessQueue); },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) {
                 c.bulkhead.maxQueue = v != 0 ? kEndlessQueue : 0;
                 c.bulkhead.maxWait = Duration{0};
             });
         }, &KnobAccess::has<PolicyKind::Bulkhead>});
    // clang-format on
    return knobs;
}

std::vector<KnobSpec> gateKnobs()
{
    std::vector<KnobSpec> knobs;
    forEachPolicy([&]<typename Spec>() {
        if constexpr (HasPlainSettings<Spec> && Spec::kKind != PolicyKind::Bulkhead)
            for (KnobSpec &knob : KnobAccess::settingKnobs<Spec>()) {
                knob.path = std::string(name(Spec::kKind)) + "." + knob.id;
                knobs.push_back(std::move(knob));
            }
    });
    return knobs;
}

std::vector<KnobSpec> policyKnobs()
{
    constexpr auto kAttempt = PolicyKind::AttemptTimeout;
    constexpr auto kTotal = PolicyKind::TotalTimeout;
    // clang-format off
    std::vector<KnobSpec> knobs{
        {"timeout", "Client timeout", "s", Kind::Real, 0.01, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(KnobAccess::pipeline(w).config().attemptTimeout); },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) { c.attemptTimeout = fromSeconds(v); });
         }, &KnobAccess::has<kAttempt>},
        {"total_timeout", "Total timeout", "s", Kind::Real, 0.01, 600, 0.5, true, {}, false,
         [](const KnobScope &w) { return toSeconds(KnobAccess::pipeline(w).config().totalTimeout); },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) { c.totalTimeout = fromSeconds(v); });
         }, &KnobAccess::has<kTotal>},
    };
    forEachPolicy([&]<typename Spec>() {
        if constexpr (Spec::kKind != PolicyKind::Hedging) // that stands among its own
            knobs.push_back(KnobAccess::useKnob<Spec>());
    });
    knobs.push_back(
        {"broken_timeout_outside_breaker", "Timeout outside the breaker", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         breakerIsBlind, setBreakerBlind, canBlindBreaker});
    // clang-format on
    return knobs;
}

} // namespace resilience::sim
