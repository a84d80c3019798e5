// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// How many runs came out how. The interval holds the median with a confidence of 95 %, by the percentiles of medians
/// of samples drawn from the values again (Efron, "Bootstrap methods", 1979).
struct Spread {
    uint64_t n = 0; // runs that had a value; with none all else is 0
    double median = 0;
    double p5 = 0;
    double p95 = 0;
    double medianLow = 0;
    double medianHigh = 0;
    bool operator==(const Spread &) const = default;
};

/// The value that a share of the values does not exceed, 0..1, in between on the line from one to the next. `sorted`:
/// ascending, not empty.
double quantile(const std::vector<double> &sorted, double share);
/// Of values in any order. What is drawn depends on `seed` and `name` alone: the same values give the same interval.
Spread spreadOf(std::vector<double> values, uint64_t seed, std::string_view name);
/// Which share of the values is worse than `value`, those that are equal counted half; 0 of none.
double shareBelow(double value, const std::vector<double> &values, bool moreIsBetter);

} // namespace resilience::sim
