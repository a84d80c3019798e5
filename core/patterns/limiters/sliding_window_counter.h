// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct SlidingWindowCounterConfig {
    uint64_t limit = 10; // permits in a window, by estimate; 1..1,000,000,000
    /// 1 ns..366 days. Longer = longer bursts, and longer waits after them.
    GivenDuration window = std::chrono::seconds{1};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const SlidingWindowCounterConfig &) const = default;
};

/// What a sliding counter knows, as of one moment.
struct SlidingWindowCounts {
    Time start; // of the present window
    uint64_t previous = 0; // permits given in the window before
    uint64_t present = 0; // and in this one
    double estimate = 0; // permits in the sliding window, as it reckons them

    bool operator==(const SlidingWindowCounts &) const = default;
};

/// The sliding counter: estimates how many permits were given within the last window's length from two counters alone,
/// those of the windows [k x window, (k + 1) x window): the present one, plus the previous one weighted by the part of
/// it that is still in view. Exact when the previous window's permits were evenly spread; otherwise it may err to
/// either side, never beyond twice the limit in a window's length.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. Every call is O(1) and allocates nothing; estimates are compared as integers, without rounding. Not thread-safe
/// by itself.
///
/// Rules and where they come from. previous x (what is left of it) / window + present + permits <= limit (Cloudflare's
/// counter, mennanov/limiters). A rejected request is not counted (mennanov counts it, up to the limit + 1).
class SlidingWindowCounter {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SlidingWindowCounter(const SlidingWindowCounterConfig &config = {}, Time now = kTimeZero);

    /// Counts all of `permits`, or none. 0 is a peek: permitted, and nothing changes. More than the limit: rejected as
    /// ExceedsCapacity, without retryAfter.
    Decision tryAcquire(Time now, uint64_t permits = 1);

    /// The limit less the estimate at `now`, fractions included, at least 0. Changes nothing.
    double available(Time now) const;
    /// The counters as they stand at `now`. Changes nothing.
    SlidingWindowCounts view(Time now) const;

    /// Takes over new settings from `now` on. A new limit keeps the counters, above itself
    /// too. A new window starts with what the estimate
    /// holds, rounded up, as its present count, and with nothing before it. Throws InvalidConfig and then changes
    /// nothing.
    void reconfigure(const SlidingWindowCounterConfig &config, Time now);

    const SlidingWindowCounterConfig &config() const { return m_config; }
    bool operator==(const SlidingWindowCounter &) const = default;

private:
    void advance(Time now);
    Duration leftOfWindow() const { return m_config.window - saturatingSince(m_now, m_start); }
    Duration waitFor(uint64_t permits) const;

    SlidingWindowCounterConfig m_config;
    uint64_t m_previous = 0;
    uint64_t m_present = 0;
    Time m_start; // of the present window
    Time m_now;
};

} // namespace resilience
