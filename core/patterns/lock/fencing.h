// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/lock/lock_node.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// A single linearizable store that hands out a lock together with a fencing token: every grant of it, to whomever,
/// comes with a larger one, starting at 1. A regular value; O(1), nothing allocated.
///
/// Lease and token come from one step of one store, and that is the point: stores that vote have no common order, and a
/// holder who fetched its token after the grant could be paused in between and come back with a newer one than whoever
/// overtook it.
class FencingStore {
public:
    explicit FencingStore(SkewedClock clock = {}) : m_node(clock) {}

    /// The token, or none: it is taken.
    std::optional<uint64_t> acquire(uint64_t owner, GivenDuration ttl, Time now);
    LockReply extend(uint64_t owner, GivenDuration ttl, Time now) { return m_node.extend(owner, ttl, now); }
    LockReply release(uint64_t owner, Time now) { return m_node.release(owner, now); }

    /// A token for a grant that others have made, for a caller that can tell that this grant is the latest one.
    uint64_t next() { return ++m_token; }
    uint64_t latestToken() const { return m_token; } // 0 = none yet

    const LockNode &node() const { return m_node; }
    bool operator==(const FencingStore &) const = default;

private:
    LockNode m_node;
    uint64_t m_token = 0; // must outlive a restart: the largest ever handed out
};

/// What the lock guards, as far as fencing goes: it remembers the largest token that it has seen and refuses smaller
/// ones, so that who was overtaken can write no more. Without tokens it accepts whatever comes. A regular value.
class FencedResource {
public:
    /// Whether writes must carry a token.
    explicit FencedResource(bool checks = true) : m_checks(checks) {}

    /// Whether it is accepted. The same token as before is: its holder may write often.
    bool write(std::optional<uint64_t> token);

    uint64_t largestToken() const { return m_largest; } // 0 = none yet
    uint64_t accepted() const { return m_accepted; }
    uint64_t refused() const { return m_refused; }
    bool operator==(const FencedResource &) const = default;

private:
    bool m_checks;
    uint64_t m_largest = 0;
    uint64_t m_accepted = 0;
    uint64_t m_refused = 0;
};

} // namespace resilience
