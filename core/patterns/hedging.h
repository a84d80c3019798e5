// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/decision.h"
#include "core/names.h"
#include "core/patterns/attempt_set.h"
#include "core/patterns/hedging_config.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/patterns/retry/retry_config.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// Why a call gets no further attempt.
enum class NoHedge : uint8_t {
    None, // it may get one
    MaxAttempts,
    NotRepeatable, // carrying the operation out twice might do harm
    ToldNotTo, // by a failure: see Hedging
    Budget,
    Over, // the call has its answer, or was given up
};

template <> struct Names<NoHedge> {
    static constexpr std::array all{"none", "max-attempts", "not-repeatable", "told-not-to", "budget", "over"};
};

/// Where one call stands. Kept by the caller; made by Hedging::begin. Every attempt that has begun is in exactly one of
/// running, failed and cancelled, or is the winner.
struct HedgedCall {
    Operation operation;
    Deadline deadline; // no attempt begins at or after it
    uint32_t begun = 1; // attempts, ever; the latest one's number
    AttemptSet running;
    AttemptSet failed;
    AttemptSet cancelled; // asked to stop; what they still bring is late
    uint32_t winner = 0; // 0 = none (yet)
    uint32_t answer = 0; // the failure to answer with if nobody wins; 0 = none (yet)
    bool answerIsOurs = false; // a rejection by our own patterns, or a cancellation: any other failure tells more
    NoHedge refused = NoHedge::None; // budget, told not to, or over; the other reasons follow from the rest
    std::optional<Time> due; // when the next attempt begins if it may; none = not by waiting alone
    Time notBefore = kTimeZero; // the server's wish
    Time latest = kTimeZero; // time does not go back within a call

    bool operator==(const HedgedCall &) const = default;
};

/// What to do now.
struct HedgingVerdict {
    enum class Kind : uint8_t {
        Waiting, // for the attempts that run, or for the next one's moment
        Won, // answer with the result of attempt `answer`
        GiveUp, // answer with the failure of attempt `answer`; 0 = given up before any failed
        Late, // the reported attempt was not running any more; nothing changed
    };

    Kind kind = Kind::Waiting;
    uint32_t answer = 0;
    AttemptSet start; // make these attempts
    AttemptSet cancel; // ask these to stop

    constexpr bool isOver() const { return kind == Kind::Won || kind == Kind::GiveUp; }
    bool operator==(const HedgingVerdict &) const = default;
};

/// Hedging: makes another attempt while the first one takes too long, and answers with the first success. It only
/// decides: calling, waiting and stopping are the caller's. Immutable but for reconfigure(); every call takes `now`,
/// O(1) or O(max_attempts), and allocates nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Attempt n + 1 begins `delay` after attempt n did, or at once when one fails, and the
/// next ones are spaced from there (gRPC's hedging policy; Polly's latency, parallel and fallback modes). Who comes
/// late to a moment begins one attempt, not all that would have been due. A failure is
///  - fatal, when another attempt would end the same way (client error, ignored): it is the answer, the others are
///    cancelled (gRPC's fatal statuses; what Polly does not handle);
///  - the end of hedging, when the server or one of our own patterns wants no more (retryable = false, rejected): those
///    that run go on, because a full bulkhead says nothing about a call that is already in it;
///  - else non-fatal: the next attempt begins, not before the server's wish (gRPC's pushback).
/// The failure's own `retryable` = true makes any failure non-fatal. Only an operation that may be repeated gets more
/// than one attempt; so a caller need not ask before. A budget counts every attempt but the first as a retry.
class Hedging {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit Hedging(const HedgingConfig &config = {});

    /// A call whose first attempt begins now. Without a delay the others are due now too: onDeadline(now) begins them.
    HedgedCall begin(Time now, const Operation &operation, const Deadline &deadline = {},
                     RetryBudget *budget = nullptr) const;

    /// When the next attempt is due; none = not by waiting alone.
    std::optional<Time> nextDeadline(const HedgedCall &call) const;
    HedgingVerdict onDeadline(HedgedCall &call, Time now, RetryBudget *budget = nullptr) const;

    /// How attempt `number` ended. Cancelled = by the caller, and ends the call; so does giveUp().
    HedgingVerdict onResult(HedgedCall &call, uint32_t number, Outcome outcome, const Failure &failure, Time now,
                            RetryBudget *budget = nullptr) const;
    /// The caller has no use for an answer any more.
    HedgingVerdict giveUp(HedgedCall &call, Time now) const;

    /// Why the call gets no further attempt, its deadline apart.
    NoHedge whyNot(const HedgedCall &call) const;

    /// For the attempts to come, of calls under way too; a moment that is set stays. Tell those calls onDeadline(now):
    /// one that only waited for an attempt which it may not make any more ends by that. Throws InvalidConfig and then
    /// changes nothing.
    void reconfigure(const HedgingConfig &config);

    const HedgingConfig &config() const { return m_config; }
    bool operator==(const Hedging &) const = default;

private:
    AttemptSet startDue(HedgedCall &call, RetryBudget *budget) const;

    HedgingConfig m_config;
};

} // namespace resilience
