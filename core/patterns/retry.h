// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/decision.h"
#include "core/names.h"
#include "core/patterns/retry/backoff.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/patterns/retry/retry_config.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// Where one call stands, over all its attempts. Kept by the caller; made by Retry::begin.
struct RetryCall {
    Operation operation;
    Deadline deadline; // of the whole call: the caller's own, or max_elapsed after the start
    uint32_t attempts = 1; // begun, the running one included
    Duration previousDelay{0}; // the latest wait; zero = none yet
    Time latest = kTimeZero; // time does not go back within a call

    bool operator==(const RetryCall &) const = default;
};

/// What to do after an attempt, and why.
struct RetryVerdict {
    enum class Kind : uint8_t {
        Done, // it succeeded
        Again, // wait `delay`, then make attempt number `attempt`
        GiveUp, // answer with the last real error
    };
    enum class Reason : uint8_t { None, NotRetryable, MaxAttempts, MaxElapsed, Budget, Cancelled, RetryAfter };

    Kind kind = Kind::Done;
    Reason reason = Reason::None;
    uint32_t attempt = 0; // again: its number, from 2
    Duration delay{0}; // again; and for retry-after, max-elapsed and budget the wait that it would have been
    DelayRange range; // what the backoff's part of it was drawn from
    std::optional<Duration> serversWish; // when the server asked for more than the backoff did

    constexpr bool again() const { return kind == Kind::Again; }
    bool operator==(const RetryVerdict &) const = default;
};

template <> struct Names<RetryVerdict::Reason> {
    static constexpr std::array all{"none",   "not-retryable", "max-attempts", "max-elapsed",
                                    "budget", "cancelled",     "retry-after"};
};

/// Decides after each attempt whether there is another one, and when. It only decides: waiting and calling are the
/// caller's. A regular value; every call takes `now`; O(log attempts), allocates nothing. Not thread-safe by itself.
///
/// The order of its questions: success? retryable? attempts left? the server's wish? the deadline? the budget? So a
/// retry that cannot be made takes nothing from the budget, and a call whose next attempt could only begin at or after
/// its deadline stops at once, with the error that it has. The server's wish is a lower bound (RFC 9110, Retry-After):
/// the longer of it and the backoff holds, even beyond max_delay, up to max_retry_after.
class Retry {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit Retry(const RetryConfig &config = {}, const RandomStream &random = RandomStream::fromSystem());

    /// A call whose first attempt begins now. The budget, if any, is told by this that there is one more request.
    RetryCall begin(Time now, const Operation &operation = {}, const Deadline &deadline = {},
                    RetryBudget *budget = nullptr) const;

    /// After an attempt: Success is done; Failure is judged by `failure`; Ignored is given up as not retryable,
    /// Cancelled as cancelled. `budget` is the target's, shared by all its callers; none = no budget.
    RetryVerdict onResult(RetryCall &call, Outcome outcome, const Failure &failure, Time now,
                          RetryBudget *budget = nullptr);

    /// For the results to come, of calls under way too; their deadlines stay. Throws InvalidConfig and then changes
    /// nothing.
    void reconfigure(const RetryConfig &config);

    const RetryConfig &config() const { return m_config; }
    bool operator==(const Retry &) const = default;

private:
    RetryConfig m_config;
    Backoff m_backoff;
};

} // namespace resilience
