// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/patterns/limiters/refilling_level.h"
#include "core/rate.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct LeakyBucketConfig {
    uint64_t capacity = 10; // permits, 1..1,000,000,000: how high the level may rise. Larger = burstier
    Rate leak{10, std::chrono::seconds{1}}; // how fast the level falls, evenly: 1..10^15 in 1 ns..366 days. The rate
                                            // that callers can keep up for long
    uint64_t initial = 0; // the level when it is built, 0..capacity; 0 = a whole burst is free at once

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const LeakyBucketConfig &) const = default;
};

/// The leaky bucket as a meter: a permit raises the level by one, the level leaks at a constant rate, and a request
/// that would make it overflow is rejected. Nobody waits in it; LeakyQueue is the bucket in which requests do.
///
/// A token bucket seen from the other side: its room is the other's tokens, and with initial = 0 it decides as a token
/// bucket does that starts full (Envoy and nginx name theirs after either).
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one, and leaks nothing. Every call is O(1), exact and allocates nothing. Not thread-safe by itself.
class LeakyBucket {
public:
    /// With its level at `initial` at `now`. Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit LeakyBucket(const LeakyBucketConfig &config = {}, Time now = kTimeZero);

    /// Raises the level by `permits`, or leaves it. 0 is a peek: permitted, and nothing changes. More than the
    /// capacity: rejected as ExceedsCapacity, without retryAfter.
    Decision tryAcquire(Time now, uint64_t permits = 1);

    /// How high it stands at `now`, above the capacity after that was made smaller, and how much is free; fractions
    /// included. Changes nothing.
    double level(Time now) const { return m_room.missing(now); }
    double available(Time now) const { return m_room.amount(now); }

    /// Takes over new settings from `now` on. The level stays, above a smaller capacity too: what was given has to leak
    /// first. `initial` is for the start only. Throws InvalidConfig and then changes nothing.
    void reconfigure(const LeakyBucketConfig &config, Time now);

    const LeakyBucketConfig &config() const { return m_config; }
    bool operator==(const LeakyBucket &) const = default;

private:
    RefillingLevel m_room; // what is free above the level
    LeakyBucketConfig m_config;
};

} // namespace resilience
