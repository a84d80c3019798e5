// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/names.h"
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/limiter_decision.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"

#include <array>
#include <optional>
#include <string_view>
#include <variant>

namespace resilience {

/// The rate limiters to choose from; the alternatives of AnyLimiterConfig in this order.
enum class LimiterKind : uint8_t {
    TokenBucket,
    LeakyBucket,
    LeakyQueue,
    FixedWindow,
    SlidingWindowLog,
    SlidingWindowCounter,
};
inline constexpr size_t kLimiterKindCount = 6;

template <> struct Names<LimiterKind> {
    static constexpr std::array all{"token-bucket", "leaky-bucket",       "leaky-queue",
                                    "fixed-window", "sliding-window-log", "sliding-window-counter"};
};

using AnyLimiterConfig = std::variant<TokenBucketConfig, LeakyBucketConfig, LeakyQueueConfig, FixedWindowConfig,
                                      SlidingWindowLogConfig, SlidingWindowCounterConfig>;

/// The limiter of that kind with room for `burst` permits at once and so many a second for long. A window is as long as
/// `burst` permits take at that rate, so that all kinds allow the same in the long run. A leaky queue holds burst - 1
/// waiting. `burst` and `perSecond` within what that kind takes, see its configuration; others give one that is
/// refused.
AnyLimiterConfig limiterConfig(LimiterKind kind, uint64_t burst, double perSecond);
uint64_t mostBurst(LimiterKind kind);
inline LimiterKind kindOf(const AnyLimiterConfig &config) { return static_cast<LimiterKind>(config.index()); }
/// The inverse of limiterConfig.
uint64_t burstOf(const AnyLimiterConfig &config);
double perSecondOf(const AnyLimiterConfig &config);

/// One of the rate limiters, chosen when it is built. A regular value with the contracts of the limiter inside.
class AnyLimiter {
public:
    /// Throws InvalidConfig.
    explicit AnyLimiter(const AnyLimiterConfig &config = {}, Time now = kTimeZero);

    /// A turn that comes at `limit` or later is not taken (DeadlinePassed); only the leaky queue gives turns.
    LimiterDecision tryAcquire(Time now, uint64_t permits = 1, const Deadline &limit = {});
    /// Permits that could be had at `now`, fractions included; for the leaky queue the places that are free. Changes
    /// nothing.
    double available(Time now) const;

    /// Of the same kind the new settings are taken over from `now` on. Another kind starts with no more permits than
    /// were left: what was given is not given again. Throws InvalidConfig and then changes nothing.
    void reconfigure(const AnyLimiterConfig &config, Time now);

    AnyLimiterConfig config() const;
    LimiterKind kind() const { return static_cast<LimiterKind>(m_limiter.index()); }
    /// None when it is of another kind.
    template <typename Limiter> const Limiter *as() const { return std::get_if<Limiter>(&m_limiter); }
    bool operator==(const AnyLimiter &) const = default;

private:
    using Limiters =
        std::variant<TokenBucket, LeakyBucket, LeakyQueue, FixedWindow, SlidingWindowLog, SlidingWindowCounter>;
    static Limiters make(const AnyLimiterConfig &config, Time now);

    Limiters m_limiter;
};

} // namespace resilience
