// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/breaker_transitions.h"
#include "core/patterns/circuit_breaker.h"
#include "core/patterns/deadline.h"
#include "core/patterns/decision.h"
#include "core/patterns/policy_order.h"
#include "core/patterns/retry.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

// What a pipeline asks its caller to do, and what it tells, as values.
namespace resilience {

// A call under way in a pipeline. No two are ever equal.
struct CallHandle {
    uint32_t place = 0;
    uint32_t serial = 0; // 0 = none

    bool operator==(const CallHandle &) const = default;
};

// How a call, or one attempt of it, ended.
struct CallEnding {
    Outcome outcome = Outcome::Success;
    Failure failure{}; // unless a success
    std::optional<PolicyKind> by{}; // whose doing: the policy that turned it away or timed it out; none = the target's
    Rejection rejection = Rejection::None;
    bool fellBack = false; // the fallback has answered; the rest is what the primary did

    bool succeeded() const { return outcome == Outcome::Success; }
    bool timedOut() const { return by == PolicyKind::TotalTimeout || by == PolicyKind::AttemptTimeout; }
    bool operator==(const CallEnding &) const = default;
};

// Make attempt number `attempt` now.
struct SendAttempt {
    uint32_t attempt = 1; // from 1
    Deadline deadline{}; // the earliest of all timeouts around it
    Permit permit{}; // of the breaker, if the attempt passed one
    uint32_t trial = 0; // 1..half_open_max_calls for a trial call, else 0
    BreakerState state = BreakerState::Closed; // of the breaker
    bool operator==(const SendAttempt &) const = default;
};

// What the breaker made of a result.
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

// The attempt is over for its caller. When it was abandoned its answer, should one come, is late.
struct AttemptOver {
    uint32_t attempt = 1;
    CallEnding how{};
    Duration took{0};
    bool abandoned = false;
    std::optional<BreakerJudgement> judgement{}; // when the breaker was told of this result at once
    bool operator==(const AttemptOver &) const = default;
};

// A policy said no.
struct TurnedBack {
    PolicyKind by = PolicyKind::CircuitBreaker;
    Rejection why = Rejection::None;
    std::optional<Duration> retryAfter{};
    BreakerState state = BreakerState::Open; // by the breaker: its state, since when, and its generation
    Time since{};
    uint64_t generation = 0;
    bool operator==(const TurnedBack &) const = default;
};

// It waits at a policy: for a slot, or for its turn.
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

// After a failed attempt: another one, or why not.
struct RetryDecided {
    RetryVerdict verdict{};
    Time next{}; // again: when
    bool operator==(const RetryDecided &) const = default;
};

// A timeout ended the call while no attempt was out: in a queue, or between two attempts.
struct RanOutOfTime {
    PolicyKind by = PolicyKind::TotalTimeout;
    bool operator==(const RanOutOfTime &) const = default;
};

struct BreakerMoved {
    BreakerState from = BreakerState::Closed;
    BreakerView now{};
    bool operator==(const BreakerMoved &) const = default;
};

// Call wake() with this when its time has come, unless isDue() says that it has been overtaken.
struct WakeUp {
    Time at;
    PolicyKind policy = PolicyKind::Retry; // whose wait or limit it is
    CallHandle call;
    bool operator==(const WakeUp &) const = default;
};

struct CallDone {
    CallEnding ending{};
    bool operator==(const CallDone &) const = default;
};

struct PipelineStep {
    CallHandle call; // none for what concerns no single call
    uint64_t key = 0; // the caller's own name for it, as given to start()
    std::variant<SendAttempt, AttemptOver, TurnedBack, WaitBegun, WaitEnded, RetryDecided, RanOutOfTime, BreakerMoved,
                 WakeUp, CallDone>
        what;

    template <typename T> const T *as() const { return std::get_if<T>(&what); }
    bool operator==(const PipelineStep &) const = default;
};
using PipelineSteps = std::vector<PipelineStep>;

} // namespace resilience
