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

struct TokenBucketConfig {
    uint64_t capacity = 10; // tokens, 1..1,000,000,000: the largest burst. Larger = burstier
    Rate refill{10, std::chrono::seconds{1}}; // tokens that come back, evenly: 1..10^15 in 1 ns..366 days. The rate
                                              // that callers can keep up for long
    std::optional<uint64_t> initial; // tokens when it is built, 0..capacity; none given = full

    /// A well-known slip, kept to be shown beside the right behaviour. Never switch it on in production.
    struct FaultyVariant {
        /// A rejected request adds what has come since the last permit, but forgets to write down that it did: the next
        /// one adds it again. The more callers ask in vain, the faster it fills.
        bool countsTimeTwice = false;
        bool operator==(const FaultyVariant &) const = default;
    } faultyVariant{};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const TokenBucketConfig &) const = default;
};

/// The token bucket: a permit takes a token, tokens come back at a constant rate, up to the capacity. In any time T it
/// permits at most capacity + rate x T.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one, and credits nothing. Every call is O(1) and allocates nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Refill is continuous and starts full (x/time/rate, folly); exact in integers, see
/// RefillingLevel. A rejected request consumes nothing; more permits than the capacity are never permitted; 0 permits
/// always are (x/time/rate, GCRA in throttled). x/time/rate credits the same interval twice when time goes back: not
/// so.
class TokenBucket {
public:
    /// With `initial` tokens at `now`. Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit TokenBucket(const TokenBucketConfig &config = {}, Time now = kTimeZero);

    /// Takes `permits` tokens, or none. 0 is a peek: permitted, and nothing changes. More than the capacity: rejected
    /// as ExceedsCapacity, without retryAfter.
    Decision tryAcquire(Time now, uint64_t permits = 1);
    /// Gives tokens back, up to the capacity: for a permit that was not used.
    void putBack(Time now, uint64_t permits = 1) { m_tokens.putBack(now, permits); }

    /// Tokens there are at `now`, fractions included. Changes nothing.
    double available(Time now) const { return m_tokens.amount(now); }

    /// Takes over new settings from `now` on. The tokens there are stay, cut to the new capacity, and a larger one
    /// brings none by itself; `initial` is for the start only. Throws InvalidConfig and then changes nothing.
    void reconfigure(const TokenBucketConfig &config, Time now);

    const TokenBucketConfig &config() const { return m_config; }
    bool operator==(const TokenBucket &) const = default;

private:
    Decision slip(bool permitted, Time now, uint64_t permits);

    RefillingLevel m_tokens;
    TokenBucketConfig m_config;
    Time m_lastPermit; // only kept for the slip
};

} // namespace resilience
