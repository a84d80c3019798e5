// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/attempt_budget.h"

#include "core/patterns/retry/backoff.h"

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::HedgingConfig;
using resilience::PipelineConfig;
using resilience::PolicyKind;
using resilience::saturatingAdd;

namespace {

constexpr uint32_t kMostShown = 20;

void lower(std::optional<Duration> &limit, Duration by) { limit = limit ? std::min(*limit, by) : by; }

// What hedging makes of one of its attempts that takes so long: the last of them begins late.
Duration hedged(const HedgingConfig &config, Duration one)
{
    const Duration step = config.delay ? Duration{*config.delay} : one;
    Duration whole = one;
    for (uint32_t n = 1; n < config.maxAttempts; ++n)
        whole = saturatingAdd(whole, step);
    return whole;
}

// What the policies inside this level make of an attempt at worst; none = nothing bounds it.
std::optional<Duration> longestInside(const PipelineConfig &config, size_t level)
{
    std::optional<Duration> longest;
    for (size_t i = config.order.size(); i-- > level;) {
        const PolicyKind kind = config.order[i];
        if (kind == PolicyKind::TotalTimeout)
            lower(longest, config.totalTimeout);
        else if (kind == PolicyKind::AttemptTimeout)
            lower(longest, config.attemptTimeout);
        else if (kind == PolicyKind::Hedging && longest)
            longest = hedged(config.hedging, *longest);
    }
    return longest;
}

} // namespace

AttemptBudget attemptBudget(const PipelineConfig &config)
{
    const auto retry = config.order.levelOf(PolicyKind::Retry);
    const auto hedging = config.order.levelOf(PolicyKind::Hedging);
    const size_t inside = retry ? *retry + 1 : 0;
    AttemptBudget budget;
    if (const auto each = longestInside(config, inside)) {
        const uint32_t attempts = retry ? std::min(config.retry.maxAttempts, kMostShown) : 1;
        Duration start{0};
        Duration wait{0};
        for (uint32_t n = 1; n <= attempts; ++n) {
            budget.attempts.push_back({start, saturatingAdd(start, *each)});
            wait = config.retry.backoff.range(n, wait).high;
            start = saturatingAdd(budget.attempts.back().to, wait);
        }
    }
    // Hedging around the retry: at worst, the attempts are those of the last one that it begins.
    const bool around = hedging && *hedging < inside;
    const Duration late = around ? hedged(config.hedging, budget.longest()) - budget.longest() : Duration{0};
    for (AttemptBudget::Span &span : budget.attempts)
        span = {saturatingAdd(span.from, late), saturatingAdd(span.to, late)};
    const auto bound = [&](PolicyKind kind, Duration timeout) {
        if (const auto level = config.order.levelOf(kind); level && *level < inside)
            lower(budget.limit, around && *level > *hedging ? saturatingAdd(timeout, late) : timeout);
    };
    bound(PolicyKind::TotalTimeout, config.totalTimeout);
    bound(PolicyKind::AttemptTimeout, config.attemptTimeout);
    for (const AttemptBudget::Span &span : budget.attempts)
        budget.fitting += !budget.limit || span.to <= *budget.limit;
    return budget;
}

} // namespace widgets
