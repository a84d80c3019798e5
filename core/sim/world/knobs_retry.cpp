// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

constexpr PolicyKind kRetry = PolicyKind::Retry;
constexpr auto hasRetry = &KnobAccess::has<kRetry>;

template <typename Change> void changeRetry(World &world, StepContext &context, Change change)
{
    KnobAccess::change<kRetry>(world, context, [&](PipelineConfig &config) { change(config.retry); });
}

template <typename Change> void changeBudget(World &world, StepContext &context, Change change)
{
    KnobAccess::change<kRetry>(world, context, [&](PipelineConfig &config) {
        if (config.retryBudget)
            change(*config.retryBudget);
    });
}

const RetryConfig &retry(const World &world) { return KnobAccess::of<kRetry>(world).retry; }
RetryBudgetConfig budget(const World &world)
{
    return KnobAccess::of<kRetry>(world).retryBudget.value_or(RetryBudgetConfig{});
}
bool hasBudget(const World &world) { return hasRetry(world) && KnobAccess::of<kRetry>(world).retryBudget.has_value(); }

// The longest wait is at least the first one.
void setBaseDelay(World &world, double seconds, StepContext &context)
{
    changeRetry(world, context, [&](RetryConfig &c) {
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
         [](const World &w) { return double(retry(w).maxAttempts); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.maxAttempts = uint32_t(v); }); }, hasRetry},
        {"backoff", "Backoff", "", Kind::Choice, 0, 2, 1, false, choicesOf<BackoffStrategy>(), false,
         [](const World &w) { return double(retry(w).backoff.strategy); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.backoff.strategy = BackoffStrategy(int(v)); }); }, hasRetry},
        {"base_delay", "First wait", "s", Kind::Real, 0, 60, 0.1, true, {}, false,
         [](const World &w) { return toSeconds(retry(w).backoff.baseDelay); }, setBaseDelay, hasRetry},
        {"multiplier", "Each further wait longer by", "x", Kind::Real, 1, 10, 0.25, false, {}, false,
         [](const World &w) { return retry(w).backoff.multiplier; },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.backoff.multiplier = v; }); }, hasRetry},
        {"max_delay", "Longest wait", "s", Kind::Real, 0.001, 3600, 0.5, true, {}, false,
         [](const World &w) { return toSeconds(retry(w).backoff.maxDelay); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.backoff.maxDelay = fromSeconds(v); }); }, hasRetry},
        {"jitter", "Jitter", "", Kind::Choice, 0, 4, 1, false, choicesOf<Jitter>(), false,
         [](const World &w) { return double(retry(w).backoff.jitter); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.backoff.jitter = Jitter(int(v)); }); }, hasRetry},
        {"retry_rejected", "Retry what our own policies rejected", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(retry(w).retryRejected); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.retryRejected = v != 0; }); }, hasRetry},
        {"retry_budget", "Retry budget", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(hasBudget(w)); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::change<kRetry>(w, t, [&](PipelineConfig &c) {
                 c.retryBudget = v != 0 ? std::optional{c.retryBudget.value_or(RetryBudgetConfig{})} : std::nullopt;
             });
         }, hasRetry},
        {"budget_ratio", "Retries per request", "", Kind::Share, 0, 1, 0.05, false, {}, false,
         [](const World &w) { return budget(w).ratio.share(); },
         [](World &w, double v, StepContext &t) { changeBudget(w, t, [&](auto &c) { c.ratio = Ratio::of(v); }); }, hasBudget},
        {"budget_floor", "Budget floor: retries always allowed", "/s", Kind::Real, 0, 100, 1, false, {}, false,
         [](const World &w) { return budget(w).minPerSecond; },
         [](World &w, double v, StepContext &t) { changeBudget(w, t, [&](auto &c) { c.minPerSecond = v; }); }, hasBudget},
        {"broken_retry_everything", "Retry everything", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(retry(w).faultyVariant.retriesEverything); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.faultyVariant.retriesEverything = v != 0; }); }, hasRetry},
        {"broken_no_limit", "Retry without limit", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(retry(w).faultyVariant.withoutLimit); },
         [](World &w, double v, StepContext &t) { changeRetry(w, t, [&](auto &c) { c.faultyVariant.withoutLimit = v != 0; }); }, hasRetry},
    };
    // clang-format on
}

} // namespace resilience::sim
