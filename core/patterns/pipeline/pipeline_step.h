// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/decision.h"
#include "core/patterns/breaker_transitions.h"
#include "core/patterns/circuit_breaker.h"
#include "core/patterns/pipeline/call_ending.h"
#include "core/patterns/retry.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

// What a pipeline asks its caller to do, and what it tells, as values.
namespace resilience {

/// A call under way in a pipeline. No two are ever equal.
struct CallHandle {
    uint32_t place = 0;
    uint32_t serial = 0; // 0 = none

    bool operator==(const CallHandle &) const = default;
};

/// Make attempt number `attempt` now.
struct SendAttempt {
    uint32_t attempt = 1; // from 1, in the order in which they are sent; names it in onAnswer()
    uint32_t number = 1; // from 1, those that a policy turned back counted
    Deadline deadline{}; // the earliest of all timeouts around it
    Permit permit{}; // of the breaker, if the attempt passed one
    uint32_t trial = 0; // 1..half_open_max_calls for a trial call, else 0
    BreakerState state = BreakerState::Closed; // of the breaker
    bool operator==(const SendAttempt &) const = default;
};

/// What the breaker made of a result.
struct BreakerJudgement {
    Recorded recorded = Recorded::Nothing;
    bool trial = false;
    bool slow = false;
    BreakerState state = BreakerState::Closed; // in which it was judged
    uint64_t generation = 0; // likewise
    WindowCounts window{}; // with this result in it
    uint32_t trialsSucceeded = 0; // likewise
    uint32_t trialsFailed = 0;
    bool operator==(const BreakerJudgement &) const = default;
};

/// The attempt is over for its caller. When it was abandoned it is to be stopped, and its answer, should one come, is
/// late.
struct AttemptOver {
    uint32_t attempt = 1;
    CallEnding how{};
    Duration took{0};
    bool abandoned = false;
    std::optional<BreakerJudgement> judgement{}; // when the breaker was told of this result at once
    bool operator==(const AttemptOver &) const = default;
};

/// A policy said no.
struct PolicyRejected {
    PolicyKind by = PolicyKind::CircuitBreaker;
    Rejection why = Rejection::None;
    std::optional<Duration> retryAfter{};
    BreakerState state = BreakerState::Open; // by the breaker: its state, since when, and its generation
    Time since{};
    uint64_t generation = 0;
    bool operator==(const PolicyRejected &) const = default;
};

/// It waits at a policy: for a slot, or for its turn.
struct WaitBegun {
    PolicyKind at = PolicyKind::Bulkhead;
    std::optional<Time> until{}; // bulkhead: given up then; rate limiter: goes on then
    bool operator==(const WaitBegun &) const = default;
};
struct WaitEnded { // and goes on
    PolicyKind at = PolicyKind::Bulkhead;
    Duration waited{0};
    bool operator==(const WaitEnded &) const = default;
};

/// After a failed attempt: another one, or why not.
struct RetryDecided {
    RetryVerdict verdict{};
    Time next{}; // again: when
    bool operator==(const RetryDecided &) const = default;
};

/// Another attempt beside those that run, because these take too long or one of them has failed.
struct AttemptHedged {
    uint32_t hedge = 2; // its number among those of its hedging policy, from 2
    bool afterFailure = false;
    bool operator==(const AttemptHedged &) const = default;
};

/// The fallback answers instead.
struct FallbackTaken {
    CallEnding primary{};
    bool operator==(const FallbackTaken &) const = default;
};

/// A timeout, or the caller's deadline (none), ended the call while no attempt was out: in a queue, or between two
/// attempts.
struct RanOutOfTime {
    std::optional<PolicyKind> by{};
    bool operator==(const RanOutOfTime &) const = default;
};

struct BreakerMoved {
    BreakerState from = BreakerState::Closed;
    BreakerView now{};
    bool operator==(const BreakerMoved &) const = default;
};

/// Call wake() with this when its time has come, unless isDue() says that it has been overtaken.
struct WakeUp {
    Time at;
    std::optional<PolicyKind> policy{}; // whose wait or limit it is; none = the caller's deadline
    CallHandle call;
    uint32_t strand = 0; // which of the call's ways side by side
    uint32_t level = 0; // of the policy, 0 = outermost
    bool operator==(const WakeUp &) const = default;
};

struct CallDone {
    CallEnding ending{};
    bool operator==(const CallDone &) const = default;
};

struct PipelineStep {
    CallHandle call; // none for what concerns no single call
    uint64_t key = 0; // the caller's own name for it, as given to start()
    std::variant<SendAttempt, AttemptOver, PolicyRejected, WaitBegun, WaitEnded, RetryDecided, AttemptHedged,
                 FallbackTaken, RanOutOfTime, BreakerMoved, WakeUp, CallDone>
        what;

    template <typename T> const T *as() const { return std::get_if<T>(&what); }
    bool operator==(const PipelineStep &) const = default;
};
using PipelineSteps = std::vector<PipelineStep>;

} // namespace resilience
