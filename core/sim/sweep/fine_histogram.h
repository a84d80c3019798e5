// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// How many durations fell into buckets that are less than 1 % wide: percentiles to within that, the mean and the
/// longest exactly. Grows with the longest duration, to at most some 60 kB.
class FineHistogram {
public:
    void add(Duration duration);
    uint64_t count() const { return m_count; }
    /// In seconds; none of an empty histogram.
    std::optional<double> mean() const;
    std::optional<double> longest() const;
    /// The duration that a share of them does not exceed, 0 < share <= 1.
    std::optional<double> percentile(double share) const;

    bool operator==(const FineHistogram &) const = default;

private:
    std::vector<uint64_t> m_counts;
    uint64_t m_count = 0;
    double m_sum = 0; // ns; whole numbers, exact up to 2^53
    Duration m_longest{};
};

} // namespace resilience::sim
