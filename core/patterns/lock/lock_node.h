// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// A clock that is not the run's: it runs fast or slow, and can be set.
struct SkewedClock {
    /// How much faster, in parts per billion: above -1,000,000,000 (standing still); 10,000,000 = 1 % fast.
    int64_t driftPpb = 0;
    GivenDuration offset{0}; // what it shows at the run's time 0

    /// What it shows at `now`: offset + now x (1 + drift), rounded down, saturating.
    Time read(Time now) const;
    bool operator==(const SkewedClock &) const = default;
};

/// What is to be sent, to every node, by the caller: the request, and whose.
struct LockRequest {
    enum class Kind : uint8_t { None, Acquire, Extend, Release };

    Kind kind = Kind::None;
    uint64_t owner = 0;
    Duration ttl{0}; // acquire and extend
    uint64_t round = 0; // to be handed back with the replies; 0 = no reply is waited for

    /// Acquire: the owner token of a lapsed lease of one's own, which a node gives back first if it still holds it; 0 =
    /// none. In the same request, because two could overtake each other.
    uint64_t lapsed = 0;

    bool operator==(const LockRequest &) const = default;
};
template <> struct Names<LockRequest::Kind> {
    static constexpr std::array all{"none", "acquire", "extend", "release"};
};

enum class LockReply : uint8_t {
    Granted, // acquired, extended or released
    Taken, // acquire: someone holds it, this owner too counts
    NotOwner, // extend, release: held by another, or by nobody any more
    Unreachable, // no answer will come: the network's word, no node says it
};
template <> struct Names<LockReply> {
    static constexpr std::array all{"granted", "taken", "not-owner", "unreachable"};
};

struct LockNodeView {
    uint64_t owner = 0; // 0 = free
    std::optional<Time> expiresAt; // held: by the node's own clock
    Time clock; // what the node's clock shows
    uint64_t granted = 0; // acquired, ever

    bool operator==(const LockNodeView &) const = default;
};

/// One store's view of one lock: who holds it, and until when by the store's own clock.
///
/// A regular value: copying one is a checkpoint. Every call takes the run's `now`; a `now` before the latest one counts
/// as that one. A lease is over at exactly its end. Everything is O(1) and allocates nothing. Not thread-safe by
/// itself.
///
/// Rules and where they come from. Redis: SET NX PX to acquire, and scripts that compare the owner's token and delete,
/// or extend, in one step, so that nobody ends another's lease. An owner that holds it already does not get it again.
/// Owner tokens are drawn at random by the clients; 0 stands for nobody and is refused.
class LockNode {
public:
    explicit LockNode(SkewedClock clock = {}) : m_clock(clock) {}

    /// A `ttl` of 0 or less is granted and over at once.
    LockReply acquire(uint64_t owner, GivenDuration ttl, Time now);
    /// The lease then ends `ttl` from now, be that sooner or later than before.
    LockReply extend(uint64_t owner, GivenDuration ttl, Time now);
    LockReply release(uint64_t owner, Time now);
    /// Any of the three, as a client asks for it; None is NotOwner.
    LockReply answer(const LockRequest &request, Time now);

    /// It starts again, with what it held or, `empty`, without: then it may grant what another still believes to hold.
    void restart(bool empty, Time now);
    /// Its clock is set or changes its pace: leases keep the end they have on that clock.
    void setClock(SkewedClock clock, Time now);

    LockNodeView view(Time now) const;
    const SkewedClock &clock() const { return m_clock; }
    bool operator==(const LockNode &) const = default;

private:
    void advance(Time now);

    SkewedClock m_clock;
    uint64_t m_owner = 0;
    Time m_expiresAt = kTimeZero; // by m_clock, while there is an owner
    uint64_t m_granted = 0;
    Time m_now = Time::min();
};

} // namespace resilience
