// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr PolicyKind kRetry = PolicyKind::Retry;
constexpr auto hasRetry = &KnobAccess::has<kRetry>;

template <typename Change> void changeRetry(const KnobHand &hand, Change change)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) { change(config.retry); });
}

template <typename Change> void changeBudget(const KnobHand &hand, Change change)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) { change(*config.retryBudget); });
}

const RetryConfig &retry(const KnobScope &scope) { return KnobAccess::pipeline(scope).config().retry; }
RetryBudgetConfig budget(const KnobScope &scope)
{
    return KnobAccess::pipeline(scope).config().retryBudget.value_or(RetryBudgetConfig{});
}
bool hasBudget(const KnobScope &scope)
{
    return hasRetry(scope) && KnobAccess::pipeline(scope).config().retryBudget.has_value();
}

// The longest wait is at least the first one.
void setBaseDelay(const KnobHand &hand, double seconds)
{
    changeRetry(hand, [&](RetryConfig &c) {
        c.backoff.baseDelay = fromSeconds(seconds);
        c.backoff.maxDelay = std::max(c.backoff.maxDelay, c.backoff.baseDelay);
    });
}

} // namespace

std::vector<KnobSpec> retryKnobs()
{
    // clang-format off
    return {
        {"max_attempts", "Attempts at most", "", Kind::Whole, 1, 20, 1, false, {}, false,
         [](const KnobScope &w) { return double(retry(w).maxAttempts); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.maxAttempts = uint32_t(v); }); }, hasRetry},
        {"backoff", "Backoff", "", Kind::Choice, 0, 2, 1, false, choicesOf<BackoffStrategy>(), false,
         [](const KnobScope &w) { return double(retry(w).backoff.strategy); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.backoff.strategy = BackoffStrategy(int(v)); }); }, hasRetry},
        {"base_delay", "First wait", "s", Kind::Real, 0, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(retry(w).backoff.baseDelay); }, setBaseDelay, hasRetry},
        {"multiplier", "Each further wait longer by", "x", Kind::Real, 1, 10, 0.25, false, {}, false,
         [](const KnobScope &w) { return retry(w).backoff.multiplier; },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.backoff.multiplier = v; }); }, hasRetry},
        {"max_delay", "Longest wait", "s", Kind::Real, 0.001, 3600, 0.5, true, {}, false,
         [](const KnobScope &w) { return toSeconds(retry(w).backoff.maxDelay); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.backoff.maxDelay = fromSeconds(v); }); }, hasRetry},
        {"jitter", "Jitter", "", Kind::Choice, 0, 4, 1, false, choicesOf<Jitter>(), false,
         [](const KnobScope &w) { return double(retry(w).backoff.jitter); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.backoff.jitter = Jitter(int(v)); }); }, hasRetry},
        {"retry_rejected", "Retry what our own policies rejected", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(retry(w).retryRejected); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.retryRejected = v != 0; }); }, hasRetry},
        {"retry_budget", "Retry budget", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(hasBudget(w)); },
         [](const KnobHand &w, double v) {
             KnobAccess::changePipeline(w, [&](PipelineConfig &c) {
                 c.retryBudget = v != 0 ? std::optional{c.retryBudget.value_or(RetryBudgetConfig{})} : std::nullopt;
             });
         }, hasRetry},
        {"budget_ratio", "Retries per request", "", Kind::Share, 0, 1, 0.05, false, {}, false,
         [](const KnobScope &w) { return budget(w).ratio.share(); },
         [](const KnobHand &w, double v) { changeBudget(w, [&](auto &c) { c.ratio = Ratio::of(v); }); }, hasBudget},
        {"budget_floor", "Budget floor: retries always allowed", "/s", Kind::Real, 0, 100, 1, false, {}, false,
         [](const KnobScope &w) { return budget(w).minPerSecond; },
         [](const KnobHand &w, double v) { changeBudget(w, [&](auto &c) { c.minPerSecond = v; }); }, hasBudget},
        {"broken_retry_everything", "Retry everything", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(retry(w).faultyVariant.retriesEverything); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.faultyVariant.retriesEverything = v != 0; }); }, hasRetry},
        {"broken_no_limit", "Retry without limit", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(retry(w).faultyVariant.withoutLimit); },
         [](const KnobHand &w, double v) { changeRetry(w, [&](auto &c) { c.faultyVariant.withoutLimit = v != 0; }); }, hasRetry},
    };
    // clang-format on
}

} // namespace resilience::sim
