// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/attempt_budget.h"

#include "core/patterns/backoff.h"

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::PipelineConfig;
using resilience::PolicyKind;
using resilience::saturatingAdd;

namespace {

constexpr uint32_t kMostShown = 20;

void lower(std::optional<Duration> &limit, Duration by) { limit = limit ? std::min(*limit, by) : by; }

} // namespace

AttemptBudget attemptBudget(const PipelineConfig &config)
{
    const auto retry = config.order.levelOf(PolicyKind::Retry);
    AttemptBudget budget;
    std::optional<Duration> each;
    const auto count = [&](PolicyKind kind, Duration timeout) {
        if (const auto level = config.order.levelOf(kind))
            lower(retry && *level < *retry ? budget.limit : each, timeout);
    };
    count(PolicyKind::TotalTimeout, config.totalTimeout);
    count(PolicyKind::AttemptTimeout, config.attemptTimeout);
    if (!each)
        return budget;

    const uint32_t attempts = retry ? std::min(config.retry.maxAttempts, kMostShown) : 1;
    Duration start{0};
    Duration wait{0};
    for (uint32_t n = 1; n <= attempts; ++n) {
        const Duration end = saturatingAdd(start, *each);
        budget.attempts.push_back({start, end});
        budget.fitting += !budget.limit || end <= *budget.limit;
        wait = config.retry.backoff.range(n, wait).high;
        start = saturatingAdd(end, wait);
    }
    return budget;
}

} // namespace widgets
