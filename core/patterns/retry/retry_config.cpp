// SPDX-License-Identifier: MIT
#include "core/patterns/retry/retry_config.h"

#include "core/config_text.h"

namespace resilience {

bool RetryConfig::isRetryable(const Failure &failure, const Operation &operation) const
{
    if (faultyVariant.retriesEverything)
        return true;
    if (failure.retryable)
        return *failure.retryable;
    switch (failure.kind) {
    case ErrorKind::NotSent:
        return true;
    case ErrorKind::Timeout:
    case ErrorKind::ServerError:
    case ErrorKind::Other:
        return operation.mayRepeat();
    case ErrorKind::Rejected:
        return retryRejected;
    case ErrorKind::ClientError:
        break;
    }
    return false;
}

std::optional<ConfigError> RetryConfig::validate() const
{
    if (maxAttempts < 1)
        return ConfigError{"max_attempts", std::to_string(maxAttempts), "at least 1"};
    if (maxElapsed && *maxElapsed <= Duration::zero())
        return ConfigError{"max_elapsed", secondsText(*maxElapsed), "more than 0 s"};
    if (maxRetryAfter && *maxRetryAfter < Duration::zero())
        return ConfigError{"max_retry_after", secondsText(*maxRetryAfter), "0 s or more"};
    return backoff.validate();
}

} // namespace resilience
