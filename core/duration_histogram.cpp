// SPDX-License-Identifier: MIT
#include "core/duration_histogram.h"

#include <algorithm>
#include <numeric>

namespace resilience::sim {

namespace {

constexpr size_t kBounds = DurationHistogram::kPerDecade * DurationHistogram::kDecades + 1;

// 10^(i / 8) by table: the same on every machine, which pow() is not.
constexpr std::array<int64_t, kBounds> bounds()
{
    constexpr int64_t steps[DurationHistogram::kPerDecade]{10'000, 13'335, 17'783, 23'714,
                                                           31'623, 42'170, 56'234, 74'989};
    std::array<int64_t, kBounds> all{};
    int64_t decade = 1;
    for (size_t i = 0; i < kBounds; ++i) {
        if (i > 0 && i % DurationHistogram::kPerDecade == 0)
            decade *= 10;
        all[i] = steps[i % DurationHistogram::kPerDecade] * decade; // ns
    }
    return all;
}
constexpr auto kBound = bounds(); // bucket i holds [kBound[i - 1], kBound[i])

} // namespace

void DurationHistogram::add(Duration duration)
{
    const auto *const above = std::upper_bound(kBound.begin(), kBound.end(), duration.count());
    ++m_counts[static_cast<size_t>(above - kBound.begin())];
    m_longest = std::max(m_longest, duration);
}

void DurationHistogram::merge(const DurationHistogram &other)
{
    for (size_t i = 0; i < kBuckets; ++i)
        m_counts[i] += other.m_counts[i];
    m_longest = std::max(m_longest, other.m_longest);
}

uint64_t DurationHistogram::count() const { return std::accumulate(m_counts.begin(), m_counts.end(), uint64_t{0}); }

std::optional<Duration> DurationHistogram::percentile(double share) const
{
    const uint64_t all = count();
    if (all == 0)
        return std::nullopt;
    const double wanted = share * static_cast<double>(all);
    double below = 0;
    for (size_t i = 0; i < kBuckets; ++i) {
        const double here = m_counts[i];
        if (here == 0 || below + here < wanted) {
            below += here;
            continue;
        }
        if (i == kBuckets - 1)
            return Duration{kBound.back()};
        const double from = i == 0 ? 0.0 : static_cast<double>(kBound[i - 1]);
        const auto to = static_cast<double>(std::min(kBound[i], m_longest.count()));
        const double part = std::clamp((wanted - below) / here, 0.0, 1.0);
        return Duration{static_cast<int64_t>(from + (to - from) * part)};
    }
    return Duration{kBound.back()};
}

} // namespace resilience::sim
