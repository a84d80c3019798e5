// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/ratio.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct RedlockConfig {
    uint32_t nodes = 5; // independent stores, 1..64; 1 = a single store; more = more may fail, an even one adds nothing
    GivenDuration ttl = std::chrono::seconds{10}; // of a lease, > drift(); longer = who dies blocks others longer
    /// What clocks may drift apart while a lease runs: ttl x driftFactor (0 <= factor < 1) + driftConstant (>= 0).
    /// Larger = less of the ttl can be used; smaller than the truth = two may hold the lock at once.
    Ratio driftFactor = Ratio::of(0.01);
    GivenDuration driftConstant = std::chrono::milliseconds{2};
    /// A node that has not answered by then has not granted. > 0; longer = dead nodes cost more of the ttl.
    GivenDuration requestTimeout = std::chrono::milliseconds{50};
    /// The random wait before trying again, drawn from both included; 0 <= min <= max. A wider range = fewer
    /// collisions.
    GivenDuration minRetryWait = std::chrono::milliseconds{50};
    GivenDuration maxRetryWait = std::chrono::milliseconds{250};

    constexpr uint32_t quorum() const { return nodes / 2 + 1; }
    Duration drift() const; // rounded up
    /// For how long a lock may be relied on: ttl - elapsed - drift; it holds only above 0.
    Duration validity(GivenDuration elapsed) const;

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const RedlockConfig &) const = default;
};

} // namespace resilience
