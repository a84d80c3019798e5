// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// More attempts of one call than this are never under way: a few hedges cut the slowest answers, more only add load
/// (gRPC allows 5, Polly 11). Small, so that a call's state is a plain value without storage of its own.
inline constexpr uint32_t kMostHedgedAttempts = 8;

struct HedgingConfig {
    uint32_t maxAttempts = 2; // the first included, 1..8; 1 = no hedging; larger = more load on the target
    /// From one attempt's start to the next one's, >= 0; 0 = all at once; none = only when one failed. Shorter = more
    /// load; what 95 % of answers take is a good start.
    std::optional<GivenDuration> delay = std::chrono::seconds{2};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const HedgingConfig &) const = default;
};

} // namespace resilience
