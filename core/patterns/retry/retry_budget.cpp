// SPDX-License-Identifier: MIT
#include "core/patterns/retry/retry_budget.h"

#include "core/config_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace resilience {

namespace {

constexpr uint32_t kMostCounted = std::numeric_limits<uint32_t>::max();

void countUp(uint32_t &counter) { counter += counter != kMostCounted; }

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
    moveOn();
}

void RetryBudget::onRequest(Time now)
{
    advance(now);
    countUp(m_present.requests);
    countUp(m_counts.requests);
}

Decision RetryBudget::tryAcquire(Time now)
{
    advance(now);
    if (!allowsOneMore(m_counts)) {
        ++m_rejected;
        return {{}, Rejection::BudgetSpent, retryAfter()};
    }
    countUp(m_present.retries);
    countUp(m_counts.retries);
    ++m_permitted;
    return {};
}

RetryBudgetView RetryBudget::view(Time now) const
{
    const Counts counts = countsAt(std::max(m_now, now));
    RetryBudgetView v;
    v.requests = counts.requests;
    v.retries = counts.retries;
    v.allowed = allowedParts(counts) / Ratio::kParts;
    v.available = v.allowed - std::min<uint64_t>(v.allowed, counts.retries);
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
    if (config.window == m_config.window) {
        changed.m_past = m_past;
        changed.m_present = m_present;
    } else {
        changed.moveOn();
        const Counts counts = countsAt(changed.m_now);
        changed.m_present.requests = counts.requests;
        changed.m_present.retries = counts.retries;
    }
    changed.moveOn();
    *this = changed;
}

// Clamps time to run forwards only. Between two moments at which something leaves the window or a tenth begins, the
// counts of before still hold.
void RetryBudget::advance(Time now)
{
    if (now <= m_now)
        return;
    m_now = now;
    if (m_now > m_countsUntil)
        moveOn();
}

void RetryBudget::moveOn()
{
    const int64_t tick = m_now.time_since_epoch().count() / m_step;
    if (tick != m_present.tick) {
        m_past[static_cast<size_t>(m_present.tick % kBuckets)] = m_present;
        m_present = {tick, 0, 0};
    }
    m_counts = countsAt(m_now);
    m_countsUntil = countsUntil();
}

// Of a tenth that reaches beyond the end of time, that end.
int64_t RetryBudget::lastOf(const Bucket &bucket) const
{
    return firstOf(bucket) + std::min(m_step - 1, std::numeric_limits<int64_t>::max() - firstOf(bucket));
}

RetryBudget::Counts RetryBudget::countsAt(Time now) const
{
    const int64_t start = now.time_since_epoch().count() - m_config.window.count(); // counts while later than this
    uint64_t requests = 0;
    uint64_t retries = 0;
    const auto add = [&](const Bucket &bucket) {
        if (bucket.tick < 0)
            return;
        requests += firstOf(bucket) > start ? bucket.requests : 0;
        retries += lastOf(bucket) > start ? bucket.retries : 0;
    };
    for (const Bucket &bucket : m_past)
        add(bucket);
    add(m_present);
    return {static_cast<uint32_t>(std::min<uint64_t>(requests, kMostCounted)),
            static_cast<uint32_t>(std::min<uint64_t>(retries, kMostCounted))};
}

// The last moment before a tenth begins or something leaves the window; never later than that.
Time RetryBudget::countsUntil() const
{
    Time until = at(Duration{lastOf(m_present)});
    const auto consider = [&](int64_t moment) {
        const Time lastInside = saturatingAdd(at(Duration{moment - 1}), m_config.window);
        if (lastInside >= m_now)
            until = std::min(until, lastInside);
    };
    for (const Bucket &bucket : m_past) {
        if (bucket.tick < 0)
            continue;
        consider(firstOf(bucket));
        consider(lastOf(bucket));
    }
    return until;
}

bool RetryBudget::allowsOneMore(const Counts &counts) const
{
    return (uint64_t{counts.retries} + 1) * Ratio::kParts <= allowedParts(counts);
}

// At most 2^32 x 1e9 + 3.6e18: it fits.
uint64_t RetryBudget::allowedParts(const Counts &counts) const
{
    return counts.requests * m_config.ratio.parts() + m_floorParts;
}

// While only time passes, requests and retries leave, and only a retry that leaves can help: one of these moments it
// is.
std::optional<Duration> RetryBudget::retryAfter() const
{
    std::optional<Time> soonest;
    const auto consider = [&](const Bucket &bucket) {
        if (bucket.tick < 0 || bucket.retries == 0)
            return;
        const Time leaves = saturatingAdd(at(Duration{lastOf(bucket)}), m_config.window);
        if (leaves > m_now && (!soonest || leaves < *soonest) && allowsOneMore(countsAt(leaves)))
            soonest = leaves;
    };
    for (const Bucket &bucket : m_past)
        consider(bucket);
    consider(m_present);
    return soonest ? std::optional{*soonest - m_now} : std::nullopt;
}

} // namespace resilience
