// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/deadline.h"
#include "core/decision.h"
#include "core/patterns/limiters/refilling_level.h"
#include "core/rate.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct LeakyQueueConfig {
    uint64_t capacity = 10; // requests that may wait, beside the one whose turn it is; 0..1,000,000,000.
                            // Larger = longer waits, fewer rejections; 0 = nobody waits
    Rate leak{10, std::chrono::seconds{1}}; // turns, evenly spaced: 1..10^15 in 1 ns..366 days

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const LeakyQueueConfig &) const = default;
};

/// The answer of a queue: as Decision, and when the turn comes.
struct LeakyQueueDecision {
    Rejection rejection = Rejection::None;
    std::optional<Duration> retryAfter; // as in Decision
    /// Permitted: the caller has to wait so long, and then goes. Throttled: it would have had to.
    Duration wait{0};

    constexpr bool permitted() const { return rejection == Rejection::None; }
    explicit constexpr operator bool() const { return permitted(); }
    bool operator==(const LeakyQueueDecision &) const = default;
};

/// The leaky bucket as a queue: requests go one after the other, evenly spaced, and a bounded number may wait for their
/// turn. Turns are given out at once, in the order of asking: the decision says how long to wait, and a caller that
/// does not come leaves its turn unused.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. Every call is O(1) and allocates nothing. Spacing is exact: the k-th turn of an unbroken row comes at the first
/// whole nanosecond at or after k x per / permits. Not thread-safe by itself.
///
/// Rules and where they come from. One in its turn and `capacity` waiting; the overflow is told its wait too
/// (mennanov/limiters). After idle time the next turn is at once, and the spacing counts from there (uber-go/ratelimit
/// without slack); there is no absolute grid (failsafe-go has one). A request for n permits takes n turns in a row and
/// waits for the last of them (failsafe-go); its own turns before that are among those waiting.
class LeakyQueue {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit LeakyQueue(const LeakyQueueConfig &config = {}, Time now = kTimeZero);

    /// Joins the queue, or leaves it as it is. 0 permits is a peek: permitted without a wait, and nothing changes. More
    /// than capacity + 1: rejected as ExceedsCapacity, without retryAfter. A turn that comes at `limit` or later is not
    /// taken: DeadlinePassed.
    LeakyQueueDecision tryAcquire(Time now, uint64_t permits = 1, const Deadline &limit = {});

    /// Turns given out that are still to come at `now`, and how many more may be taken. Changes nothing.
    uint64_t waiting(Time now) const;
    uint64_t available(Time now) const { return m_turns.wholeAmount(now); }

    /// Takes over new settings from `now` on. Turns given out stay as they are, in a smaller queue too. Throws
    /// InvalidConfig and then changes nothing.
    void reconfigure(const LeakyQueueConfig &config, Time now);

    const LeakyQueueConfig &config() const { return m_config; }
    bool operator==(const LeakyQueue &) const = default;

private:
    // One permit is a turn; what is missing are the turns given out, so that the next one comes when none is.
    RefillingLevel m_turns;
    LeakyQueueConfig m_config;
};

} // namespace resilience
