// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct FixedWindowConfig {
    uint64_t limit = 10; // permits a window, 1..1,000,000,000
    /// 1 ns..366 days. Longer = longer bursts, and longer waits after them.
    GivenDuration window = std::chrono::seconds{1};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const FixedWindowConfig &) const = default;
};

/// The fixed window: at most `limit` permits in each of the windows [k x window, (k + 1) x window), counted from time
/// zero. Around an edge it lets up to twice the limit through within one window's length: its well-known weakness.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. Every call is O(1) and allocates nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Windows are aligned to the clock's zero, not to the first request nor to when it was
/// built (resilience4j's cycles, failsafe-go's bursty limiter). Unused permits are not carried over. A rejected request
/// consumes nothing.
class FixedWindow {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit FixedWindow(const FixedWindowConfig &config = {}, Time now = kTimeZero);

    /// Takes all of `permits` from the present window, or none. 0 is a peek: permitted, and nothing changes. More than
    /// the limit: rejected as ExceedsCapacity, without retryAfter.
    Decision tryAcquire(Time now, uint64_t permits = 1);

    /// Permits that are left at `now`, and when the window of `now` began. Changes nothing.
    uint64_t available(Time now) const;
    Time windowStart(Time now) const;

    /// Takes over new settings from `now` on. All that the present window has given out, if more than a smaller limit
    /// too, counts against the new window that `now` is in. Throws InvalidConfig and then changes nothing.
    void reconfigure(const FixedWindowConfig &config, Time now);

    const FixedWindowConfig &config() const { return m_config; }
    bool operator==(const FixedWindow &) const = default;

private:
    void advance(Time now);
    uint64_t left() const { return m_config.limit > m_used ? m_config.limit - m_used : 0; }

    FixedWindowConfig m_config;
    uint64_t m_used = 0; // in the present window; above the limit only after that was made smaller
    Time m_start; // of the present window; the end might not fit
    Time m_now;
};

} // namespace resilience
