// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/retry/retry_config.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// What an attempt's caller learns of it. `heard` is what breakers are told, where that is not the outcome: an attempt
/// that failed for want of threads says nothing about its target.
struct AttemptAnswer {
    Outcome outcome = Outcome::Success;
    Failure failure{}; // unless a success
    std::optional<Outcome> heard{};
};

/// How a call, or one way through some of its policies, ended.
struct CallEnding {
    Outcome outcome = Outcome::Success;
    Failure failure{}; // unless a success
    Outcome heard = Outcome::Success; // by the breakers around it: a refusal and what the caller ended are Cancelled
    std::optional<PolicyKind> by{}; // whose doing: the policy that turned it away or ended it; none = the target's
    Rejection rejection = Rejection::None; // timed out: DeadlinePassed when no attempt was out
    std::optional<PolicyKind> waitedAt{}; // it was ended in its wait there
    bool deadline = false; // the caller's own deadline has ended it
    bool fellBack = false; // the fallback has answered; the rest is what the primary did
    uint32_t number = 0; // of the attempt whose answer it is, as in SendAttempt; 0 = none's

    constexpr bool succeeded() const { return outcome == Outcome::Success; }
    /// What a policy outside takes it for: a fallback's answer is good enough.
    constexpr Outcome seen() const { return fellBack ? Outcome::Success : outcome; }
    constexpr bool timedOut() const
    {
        return by == PolicyKind::TotalTimeout || by == PolicyKind::AttemptTimeout || deadline;
    }
    bool operator==(const CallEnding &) const = default;
};

inline CallEnding endingOf(const AttemptAnswer &answer, uint32_t number)
{
    return {.outcome = answer.outcome,
            .failure = answer.outcome == Outcome::Success ? Failure{} : answer.failure,
            .heard = answer.heard.value_or(answer.outcome),
            .number = number};
}
inline CallEnding refusedEnding(PolicyKind by, Rejection why, std::optional<Duration> retryAfter)
{
    return {.outcome = Outcome::Failure,
            .failure = {.kind = ErrorKind::Rejected, .retryAfter = retryAfter, .retryable = {}},
            .heard = Outcome::Cancelled,
            .by = by,
            .rejection = why};
}
/// By a limit: a failure to whatever lies outside it. None = the caller's own deadline, outside of which nothing lies.
inline CallEnding timedOutEnding(std::optional<PolicyKind> by)
{
    return {.outcome = Outcome::Failure,
            .failure = {.kind = ErrorKind::Timeout},
            .heard = by ? Outcome::Failure : Outcome::Cancelled,
            .by = by,
            .deadline = !by};
}
/// By the caller, or by hedging, which has its answer.
inline CallEnding cancelledEnding(std::optional<PolicyKind> by = {})
{
    return {.outcome = Outcome::Cancelled, .heard = Outcome::Cancelled, .by = by};
}

} // namespace resilience
