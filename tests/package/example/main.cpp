// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"

#include <cmath>
#include <iostream>

using namespace resilience;
using namespace resilience::runtime;

int main()
{
    PipelineConfig config;
    config.retry = RetryConfig{};
    config.retry->backoff.baseDelay = std::chrono::milliseconds{1};
    CircuitBreakerConfig breaker;
    breaker.failureThreshold = 3;
    config.circuitBreaker = std::make_shared<SharedCircuitBreaker>(breaker);
    Pipeline pipeline(config);

    // A service that answers at the third attempt, then not any more, so that the breaker opens.
    int asked = 0;
    const auto service = [&](const Attempt &) {
        if (++asked != 3)
            throw CallError({.kind = ErrorKind::ServerError, .retryAfter = {}, .retryable = {}}, "the service is down");
        return 42;
    };
    CallOptions options;
    options.operation.idempotent = true; // asking twice does no harm
    for (int i = 1; i <= 3; ++i) {
        const CallResult<int> result = pipeline.call(service, options);
        std::cout << "answer " << i << ": ";
        if (result)
            std::cout << result.value() << ", after " << result.attempts() << " attempts\n";
        else if (const Refusal *refusal = result.refusal())
            std::cout << "refused, ask again in " << std::ceil(toSeconds(refusal->retryAfter.value())) << " s\n";
        else
            std::cout << "failed\n"; // std::rethrow_exception(result.exception()) tells why
    }
}
