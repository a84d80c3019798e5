// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/patterns/retry/retry_config.h"

#include <exception>
#include <stdexcept>
#include <string>

namespace resilience::runtime {

/// What a callable throws to say what kind of failure it was. Any other exception counts as ErrorKind::Other.
class CallError : public std::runtime_error {
public:
    CallError(const Failure &failure, const std::string &message) : std::runtime_error(message), m_failure(failure) {}
    const Failure &failure() const { return m_failure; }

private:
    Failure m_failure;
};

/// The callable came back at its attempt's deadline or later; what it returned is thrown away.
class TimedOut : public CallError {
public:
    TimedOut() : CallError(Failure{ErrorKind::Timeout, std::nullopt, std::nullopt}, "timed out") {}
};

/// What an exception means: to the breaker (the outcome), and to the retry (the failure).
struct Judgement {
    Outcome outcome = Outcome::Failure;
    Failure failure;
};

/// Every exception is a failure; a CallError says of which kind.
Judgement judgeException(const std::exception_ptr &error);

} // namespace resilience::runtime
