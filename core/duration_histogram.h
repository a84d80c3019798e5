// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace resilience::sim {

/// How many durations fell into each of 8 buckets a decade, from 10 us to 100 s: percentiles to within a third, and
/// none above the longest of all, for the price of some 240 bytes. Histograms add up, which percentiles do not.
class DurationHistogram {
public:
    static constexpr size_t kPerDecade = 8;
    static constexpr size_t kDecades = 7;
    /// One more at either end: shorter than the first bound, and at least the last.
    static constexpr size_t kBuckets = kPerDecade * kDecades + 2;

    void add(Duration duration);
    void merge(const DurationHistogram &other);
    uint64_t count() const;
    /// The duration that a share of them does not exceed, 0 < share <= 1; within a bucket as if they were spread
    /// evenly. None of an empty histogram. Of those beyond the last bound: that bound.
    std::optional<Duration> percentile(double share) const;

    bool operator==(const DurationHistogram &) const = default;

private:
    std::array<uint32_t, kBuckets> m_counts{};
    Duration m_longest{};
};

} // namespace resilience::sim
