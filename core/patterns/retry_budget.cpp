// SPDX-License-Identifier: MIT
#include "core/patterns/retry_budget.h"

#include "core/patterns/config_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace resilience {

namespace {

constexpr uint32_t kMostCounted = std::numeric_limits<uint32_t>::max();

void count(uint32_t &counter) { counter += counter != kMostCounted; }

} // namespace

std::optional<ConfigError> RetryBudgetConfig::validate() const
{
    if (ratio.parts() > Ratio::kParts)
        return ConfigError{"budget.ratio", numberText(ratio.share()), "0 to 1"};
    if (!(minPerSecond >= 0 && minPerSecond <= 1e6))
        return ConfigError{"budget.min_per_second", numberText(minPerSecond), "0 to 1000000"};
    if (window < std::chrono::microseconds{1} || window > std::chrono::hours{1})
        return ConfigError{"budget.window", secondsText(window), "1e-06 s to 3600 s"};
    return std::nullopt;
}

RetryBudget::RetryBudget(const RetryBudgetConfig &config) : m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    m_step = (config.window.count() + 9) / 10;
    // At most 1e6 x 3600 x 1e9, which fits; rounded to a billionth of a retry, because 0.1 in binary is not 0.1.
    m_floorParts =
        static_cast<uint64_t>(std::llround(config.minPerSecond * static_cast<double>(config.window.count())));
}

void RetryBudget::onRequest(Time now)
{
    m_now = std::max(m_now, now);
    count(bucketAt(m_now).requests);
}

Decision RetryBudget::tryAcquire(Time now)
{
    m_now = std::max(m_now, now);
    const Counts counts = countsAt(m_now);
    if ((counts.retries + 1) * Ratio::kParts > allowedParts(counts)) {
        ++m_rejected;
        return {{}, Rejection::BudgetSpent, retryAfter(m_now)};
    }
    count(bucketAt(m_now).retries);
    ++m_permitted;
    return {};
}

RetryBudgetView RetryBudget::view(Time now) const
{
    const Counts counts = countsAt(std::max(m_now, now));
    RetryBudgetView v;
    v.requests = static_cast<uint32_t>(counts.requests);
    v.retries = static_cast<uint32_t>(counts.retries);
    v.allowed = allowedParts(counts) / Ratio::kParts;
    v.available = v.allowed - std::min(v.allowed, counts.retries);
    v.permitted = m_permitted;
    v.rejected = m_rejected;
    return v;
}

void RetryBudget::reconfigure(const RetryBudgetConfig &config, Time now)
{
    RetryBudget changed(config);
    changed.m_now = std::max(m_now, now);
    changed.m_permitted = m_permitted;
    changed.m_rejected = m_rejected;
    if (config.window == m_config.window)
        changed.m_buckets = m_buckets;
    *this = changed;
}

RetryBudget::Bucket &RetryBudget::bucketAt(Time now)
{
    const int64_t tick = now.time_since_epoch().count() / m_step;
    Bucket &bucket = m_buckets[static_cast<size_t>(tick % kBuckets)];
    if (bucket.tick != tick)
        bucket = {tick, 0, 0};
    return bucket;
}

RetryBudget::Counts RetryBudget::countsAt(Time now) const
{
    const int64_t start = now.time_since_epoch().count() - m_config.window.count(); // counts while later than this
    Counts counts;
    for (const Bucket &bucket : m_buckets) {
        if (bucket.tick < 0)
            continue;
        const int64_t first = bucket.tick * m_step;
        counts.requests += first > start ? bucket.requests : 0;
        // Of a bucket near the end of time the last moment may lie beyond it.
        const int64_t beforeLast = std::min(m_step - 1, std::numeric_limits<int64_t>::max() - first);
        counts.retries += first + beforeLast > start ? bucket.retries : 0;
    }
    counts.requests = std::min<uint64_t>(counts.requests, kMostCounted);
    counts.retries = std::min<uint64_t>(counts.retries, kMostCounted);
    return counts;
}

// At most 2^32 x 1e9 + 3.6e18: it fits.
uint64_t RetryBudget::allowedParts(const Counts &counts) const
{
    return counts.requests * m_config.ratio.parts() + m_floorParts;
}

// While only time passes, requests and retries leave, and only a retry that leaves can help: one of these moments it
// is.
std::optional<Duration> RetryBudget::retryAfter(Time now) const
{
    std::optional<Time> soonest;
    for (const Bucket &bucket : m_buckets) {
        if (bucket.tick < 0 || bucket.retries == 0)
            continue;
        const Time leaves =
            saturatingAdd(saturatingAdd(Time{Duration{bucket.tick * m_step}}, Duration{m_step - 1}), m_config.window);
        if (leaves <= now || (soonest && leaves >= *soonest))
            continue;
        const Counts then = countsAt(leaves);
        if ((then.retries + 1) * Ratio::kParts <= allowedParts(then))
            soonest = leaves;
    }
    return soonest ? std::optional{*soonest - now} : std::nullopt;
}

} // namespace resilience
