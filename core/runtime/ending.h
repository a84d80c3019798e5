// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/decision.h"
#include "core/patterns/retry_config.h"
#include "core/runtime/call_result.h"
#include "core/time.h"

#include <exception>
#include <optional>
#include <stop_token>

namespace resilience::runtime {

// How a way through some policies of a pipeline ended; what a policy learns from those inside it. Neither refusal nor
// error: it has a value.
struct Ending {
    Outcome outcome = Outcome::Success;
    Failure failure; // unless a success
    std::optional<Refusal> refusal;
    std::exception_ptr error;
    Outcome primary = Outcome::Success; // what breakers are told: as if there were no fallback; a refusal is neutral
    Duration took{0}; // the callable alone, in the attempt that ended so
    bool sent = false; // whether any attempt may have reached the callable
    bool fromFallback = false;
};

// For policies that might answer once more: after a request to stop nobody wants that, whatever the error was.
inline Outcome outcomeUnder(const std::stop_token &stop, const Ending &ending)
{
    return ending.outcome == Outcome::Failure && stop.stop_requested() ? Outcome::Cancelled : ending.outcome;
}

// A policy said no. Cancelled is always the caller's doing.
inline Ending refusedEnding(Policy by, Rejection reason, std::optional<Duration> retryAfter = std::nullopt)
{
    const bool cancelled = reason == Rejection::Cancelled;
    Ending ending;
    ending.outcome = cancelled ? Outcome::Cancelled : Outcome::Failure;
    ending.failure = {ErrorKind::Rejected, retryAfter, std::nullopt};
    ending.refusal = Refusal{cancelled ? Policy::Caller : by, reason, retryAfter};
    ending.primary = Outcome::Cancelled;
    return ending;
}

} // namespace resilience::runtime
