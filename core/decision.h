// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

// The words all patterns share: what a caller is told, and what it tells back.
namespace resilience {

/// How a permitted call ended, as its caller reports it.
enum class Outcome : uint8_t {
    Success,
    Failure,
    Ignored, // an error that says nothing about the target's health: neutral
    Cancelled, // the caller gave up on it: neutral
};

constexpr bool isNeutral(Outcome outcome) { return outcome == Outcome::Ignored || outcome == Outcome::Cancelled; }

/// Why a pattern said no.
enum class Rejection : uint8_t {
    None,
    Open, // the breaker's wait is not over
    TrialsTaken, // half-open, and every trial call is out
    ForcedOpen, // an operator holds the breaker open
    Throttled, // a limiter has given out all it may for now
    ExceedsCapacity, // more permits than the limiter can ever hold
    QueueFull, // every slot is taken, and every place to wait
    DeadlinePassed, // the caller has no time left
    BudgetSpent, // too many retries for the calls there were
    WaitedInVain, // its time in the queue ran out before a slot came free
    Cancelled, // the caller asked to stop before the call began
    ProbeRunning, // a probe of this kind is out already
};
template <> struct Names<Rejection> {
    static constexpr std::array all{"none",         "open",
                                    "trials-taken", "forced-open",
                                    "throttled",    "exceeds-capacity",
                                    "queue-full",   "deadline-passed",
                                    "budget-spent", "waited-in-vain",
                                    "cancelled",    "probe-running"};
};

/// The right to make one call. It remembers which generation of its pattern gave it, so that a result that comes after
/// the pattern moved on is recognised as late.
struct Permit {
    uint64_t generation = 0;
    bool trial = false; // given in half-open

    bool operator==(const Permit &) const = default;
};

/// The answer to tryAcquire: a permit, or a reason and the time to wait. A plain value: nothing thrown or allocated.
struct Decision {
    Permit permit;
    Rejection rejection = Rejection::None;
    /// When rejected: asking again exactly this much later is permitted if nobody else asked or reported meanwhile, and
    /// 1 ns earlier is not. None = never by waiting alone.
    std::optional<Duration> retryAfter;

    constexpr bool permitted() const { return rejection == Rejection::None; }
    explicit constexpr operator bool() const { return permitted(); }
    bool operator==(const Decision &) const = default;
};

/// What a reported result did to the pattern's state.
enum class Recorded : uint8_t {
    Counted, // entered the window, or decided a trial
    Neutral, // freed its permit, nothing else
    Late, // of another generation: counted as late, nothing else
    Nothing, // the pattern keeps no record in its present state
};
template <> struct Names<Recorded> {
    static constexpr std::array all{"counted", "neutral", "late", "nothing"};
};

} // namespace resilience
