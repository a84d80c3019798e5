// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience {

struct SlidingWindowLogConfig {
    static constexpr uint64_t kMostPermits = 1'000'000;
    uint64_t limit = 10; // permits in any window, 1..1,000,000; 8 bytes of memory each
    /// 1 ns..366 days. Longer = longer bursts, and longer waits after them.
    GivenDuration window = std::chrono::seconds{1};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const SlidingWindowLogConfig &) const = default;
};

/// The sliding log: remembers when each permit was given, and never gives more than `limit` within any stretch of time
/// as long as the window. Exact, at the price of memory.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. tryAcquire(1) is O(log limit) when entries have to leave and O(1) otherwise; n permits are n entries. Storage
/// is allocated once, when it is built. Not thread-safe by itself.
///
/// Rules and where they come from. An entry of time e leaves when t - e >= window, intervals being half-open as
/// everywhere here. A rejected request is not logged (Redis recipes often log it, which lets an eager caller lock
/// itself out for ever).
class SlidingWindowLog {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit SlidingWindowLog(const SlidingWindowLogConfig &config = {}, Time now = kTimeZero);

    /// Logs `permits` entries, or none. 0 is a peek: permitted, and nothing changes. More than the limit: rejected as
    /// ExceedsCapacity, without retryAfter.
    Decision tryAcquire(Time now, uint64_t permits = 1);

    /// Permits that are left at `now`. Changes nothing.
    uint64_t available(Time now) const;

    /// Takes over new settings from `now` on. No entry is dropped: more than a smaller limit stay in view, and those
    /// that have left a shorter window come back into a longer one unless later ones took their places. Allocates when
    /// the limit is the largest yet. Throws InvalidConfig and then changes nothing.
    void reconfigure(const SlidingWindowLogConfig &config, Time now);

    const SlidingWindowLogConfig &config() const { return m_config; }
    bool operator==(const SlidingWindowLog &) const = default;

private:
    Time latest(uint64_t back) const;
    // The index-th of the entries in view, the oldest first.
    Time entry(uint64_t index) const { return latest(m_count - index); }
    void growTo(uint64_t places);
    uint64_t expiredAt(Time now) const;
    void advance(Time now);

    SlidingWindowLogConfig m_config;
    std::vector<Time> m_ring; // the latest entries, in order of time, going round
    uint64_t m_next = 0; // where the next one goes
    uint64_t m_count = 0; // in view; more than the limit only after that was made smaller
    uint64_t m_kept = 0; // in the ring, those that have left among them
    Time m_now;
};

} // namespace resilience
