// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"
#include "core/patterns/lock/lock_node.h"
#include "core/patterns/redlock_config.h"
#include "core/random_stream.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

enum class LockPhase : uint8_t { Idle, Acquiring, Held, Extending, Releasing };

enum class LockOutcome : uint8_t {
    None, // not decided yet, or nothing happened
    Acquired,
    NotAcquired, // no quorum, or too late; Release goes to all nodes, those that did not answer too
    Extended,
    NotExtended, // no quorum could be reached: what was held is held until its own end
    Released, // by a quorum
    NotReleased, // no quorum could be reached: given up all the same, the rest ends by its ttl
    Lost, // extend, release: it was over, or is another's by now
    Refused, // not now: acquire while holding or busy, extend and release while not holding
};
template <> struct Names<LockOutcome> {
    static constexpr std::array all{"none",     "acquired",     "not-acquired", "extended", "not-extended",
                                    "released", "not-released", "lost",         "refused"};
};

/// The answer to every call: what it decided, and what is to be sent.
struct LockStep {
    LockOutcome outcome = LockOutcome::None;
    LockRequest send;
    uint32_t votes = 0; // decided: nodes that granted
    std::optional<Duration> validity; // Acquired, Extended: from now
    std::optional<Duration> retryAfter; // NotAcquired: the random wait before trying again

    bool operator==(const LockStep &) const = default;
};

struct RedlockView {
    LockPhase phase = LockPhase::Idle; // Held and Extending end by themselves
    uint64_t owner = 0; // 0 while idle
    uint32_t votes = 0; // of the round that is out
    uint32_t replies = 0;
    std::optional<Time> validUntil; // held or extending: it may be relied on before that
    std::optional<Time> roundEnds; // a round is out: decided by then
    uint64_t acquired = 0; // ever
    uint64_t notAcquired = 0; // ever
    uint64_t lost = 0; // ever

    bool operator==(const RedlockView &) const = default;
};

/// The distributed lock, one client's side of it: Redlock over n independent nodes, or with n = 1 over a single store.
/// It sends nothing itself: each call tells what to send to every node, and replies are handed in.
///
/// A regular value: copying one is a checkpoint. Every call takes the client's `now`; a `now` before the latest one
/// counts as that one. A round is decided when all nodes have replied, or when requestTimeout is over. Everything is
/// O(1) and allocates nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Redis' description of Redlock, and redsync: a quorum of n/2 + 1 and a validity above
/// 0, counted from before the first request; on failure released on all nodes; a random wait before trying again. A
/// lock whose validity is over is lost: extending and releasing it are no success, whatever the nodes would say
/// (node-redlock), and every way out of it gives back what nodes still hold of it: else it would stand in its own way
/// for the time allowed for drift. An extension that ends after the validity it was to extend comes too late.
///
/// What it cannot do: who is paused after asking isHeld() believes it still; only a fencing token (fencing.h) helps.
/// Nor does it hold when clocks drift more than allowed for, or a node restarts empty while a lease it gave is running.
class Redlock {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws. `random` draws owner tokens and waits: no two
    /// clients may have the same.
    explicit Redlock(const RedlockConfig &config = {}, const RandomStream &random = RandomStream::fromSystem());

    /// A lapsed lease of its own, which nodes may still hold for it, is given back with the same request.
    LockStep acquire(Time now);
    LockStep extend(Time now);
    /// While acquiring: gives up, NotAcquired. While extending: gives up that too.
    LockStep release(Time now);

    /// Node 0..n-1 has answered the request of that round. Replies of other rounds, and a node's second, do nothing.
    LockStep onReply(uint64_t round, uint32_t node, LockReply reply, Time now);

    /// When the round is decided at the latest; none while none is out.
    std::optional<Time> nextDeadline() const { return m_roundEnds; }
    LockStep onDeadline(Time now);

    /// Whether the lock may be relied on at `now`. Changes nothing.
    bool isHeld(Time now) const;
    RedlockView view(Time now) const;

    /// New settings, for rounds that begin from now on; the number of nodes only while idle (InvalidConfig otherwise,
    /// and nothing changed).
    void reconfigure(const RedlockConfig &config, Time now);

    const RedlockConfig &config() const { return m_config; }
    bool operator==(const Redlock &) const = default;

private:
    Time advance(Time now);
    LockStep begin(LockPhase phase, LockRequest::Kind kind, uint64_t lapsed = 0);
    LockStep decide();
    LockStep decideAcquire();
    LockStep decideExtend();
    LockStep decideRelease();
    LockStep lose();
    LockRequest releaseAll() const;
    void becomeIdle();
    bool holds() const { return m_phase == LockPhase::Held || m_phase == LockPhase::Extending; }

    RedlockConfig m_config;
    RandomStream m_random;
    LockPhase m_phase = LockPhase::Idle;
    uint64_t m_owner = 0;
    uint64_t m_round = 0;
    Time m_roundStart = kTimeZero; // before its first request
    std::optional<Time> m_roundEnds;
    uint64_t m_replied = 0; // a bit a node, of the round that is out
    uint64_t m_granted = 0;
    uint64_t m_denied = 0; // answered, and not granted
    Time m_validUntil = kTimeZero; // held or extending
    bool m_lostAlready = false; // releasing what was over when release was called
    uint64_t m_acquired = 0;
    uint64_t m_notAcquired = 0;
    uint64_t m_lost = 0;
    Time m_now = Time::min();
};

} // namespace resilience
