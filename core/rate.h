// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <cstdint>

namespace resilience {

/// So many permits in so much time, kept as the two whole numbers, so that 7 a minute is exactly that and not a
/// truncated number of nanoseconds.
struct Rate {
    uint64_t permits = 1;
    GivenDuration per = std::chrono::seconds{1};

    /// Once in 366 days, and 10^15 in a nanosecond: what limiters take, as numbers per second.
    static constexpr double kSlowest = 1.0 / (366 * 86400);
    static constexpr double kFastest = 1e24;
    /// The simplest fraction within 1e-12 of `perSecond` (relative), so that what people mean is what they get: in
    /// whole seconds up to 366 days where there is one (2.5 becomes 5 in 2 s, 0.11666666666666667 becomes 7 in 60 s),
    /// else in whole nanoseconds. At most 10^15 permits. Outside kSlowest..kFastest the result is 0 in 0 s, which every
    /// limiter refuses.
    static Rate perSecond(double perSecond);
    double inSeconds() const { return static_cast<double>(permits) * 1e9 / static_cast<double>(per.count()); }

    bool operator==(const Rate &) const = default;
};

} // namespace resilience
