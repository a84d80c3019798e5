// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"

#include <iostream>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

int main()
{
    RetryPolicy retry;
    retry.config.backoff.baseDelay = 1ms;
    Pipeline pipeline({.policies = {TimeoutPolicy{5s}, retry, std::make_shared<SharedCircuitBreaker>()}});

    // Answers at the third attempt, then not any more, so that the breaker opens. Asking twice does no harm.
    auto service = [asked = 0]() mutable {
        return ++asked == 3 ? 42 : throw CallError({.kind = ErrorKind::ServerError}, "the service is down");
    };
    for (int i = 1; i <= 3; ++i) {
        const auto result = pipeline.call(service, {.operation = {.idempotent = true}});
        std::cout << "answer " << i << ": ";
        if (result)
            std::cout << result.value() << ", after " << result.attempts() << " attempts\n";
        else if (const Refusal *refusal = result.refusal())
            std::cout << "refused, ask again in " << ceil<std::chrono::seconds>(*refusal->retryAfter).count() << " s\n";
        else
            std::cout << "failed\n"; // std::rethrow_exception(result.exception()) tells why
    }
}
