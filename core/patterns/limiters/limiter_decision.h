// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/time.h"

#include <optional>

namespace resilience {

/// The answer of any limiter: as Decision, and how long a permitted caller has to wait for its turn. Only the leaky
/// queue makes one wait.
struct LimiterDecision {
    Rejection rejection = Rejection::None;
    std::optional<Duration> retryAfter;
    Duration wait{0};

    constexpr bool permitted() const { return rejection == Rejection::None; }
    explicit constexpr operator bool() const { return permitted(); }
    bool operator==(const LimiterDecision &) const = default;
};

} // namespace resilience
