// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/patterns/retry/backoff.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// What went wrong, as far as a retry has to know.
enum class ErrorKind : uint8_t {
    NotSent, // provably never reached the target: no connection, a connect timeout
    Timeout, // no answer in time; it may have been carried out
    ServerError, // the target says that it failed (5xx); it may have been carried out
    ClientError, // the target says that the request is wrong (4xx): it will be wrong again
    Rejected, // our own breaker, limiter or bulkhead said no
    Other, // anything else; it may have been carried out
};

/// How one attempt failed.
struct Failure {
    ErrorKind kind = ErrorKind::Other;
    std::optional<GivenDuration> retryAfter{}; // the server's wish: not before so much time from now
    std::optional<bool> retryable{}; // the caller's or the server's own verdict, instead of the rule below; false = do
                                     // not try again, whatever it was

    bool operator==(const Failure &) const = default;
};

/// What a retry would repeat. Doing it twice is harmless when it is idempotent, or when a request id lets the target
/// recognise it.
struct Operation {
    bool idempotent = false;
    bool hasRequestId = false;

    constexpr bool mayRepeat() const { return idempotent || hasRequestId; }
    bool operator==(const Operation &) const = default;
};

struct RetryConfig {
    uint32_t maxAttempts = 3; // the first call included, >= 1; 1 = no retries
    std::optional<GivenDuration> maxElapsed; // from the call's start, > 0: the next attempt begins before that, or not
                                             // at all; none = no limit of its own
    /// The longest wish of a server (Failure::retryAfter) that is fulfilled, >= 0; who asks for more is not asked
    /// again, because asking earlier would be against the wish and waiting longer of no use. None = whatever it says.
    std::optional<GivenDuration> maxRetryAfter;
    bool retryRejected = false; // whether a rejection by our own patterns is tried again; on = more load on them
    BackoffConfig backoff;

    /// Two well-known misconceptions, kept to be shown beside the right behaviour. Never switch them on in production.
    struct FaultyVariant {
        bool retriesEverything = false; // whatever failed, and whether or not it may be repeated
        bool withoutLimit = false; // maxAttempts counts for nothing; waits at least kLeastWaitWithoutLimit
        bool operator==(const FaultyVariant &) const = default;
    } faultyVariant{};

    /// Without it, a call that fails at once would be tried for ever at one and the same moment.
    static constexpr Duration kLeastWaitWithoutLimit = std::chrono::milliseconds{1};

    /// Whether trying again may help and cannot harm. Not-sent always; timeout, server error and other only when the
    /// operation may be repeated; client error never; rejected as retryRejected says. The failure's own verdict wins.
    bool isRetryable(const Failure &failure, const Operation &operation) const;

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const RetryConfig &) const = default;
};

} // namespace resilience
