// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

// Many threads through one pipeline.
class PipelineLimitsTest : public QObject {
    Q_OBJECT
private slots:
    void everyLimitHolds()
    {
        tests::ManualClock clock;
        UsualPolicies parts;
        parts.retry = RetryPolicy{};
        parts.retry->config.backoff.baseDelay = 0ns;
        parts.retry->budget = std::make_shared<SharedRetryBudget>(RetryBudget(), clock.clock());
        parts.rateLimiter = std::make_shared<SharedTokenBucket>(
            TokenBucketConfig{.capacity = 700, .refill = {1, 1s}, .initial = std::nullopt}, clock.clock());
        CircuitBreakerConfig breaker;
        breaker.failureThreshold = 1'000'000;
        parts.circuitBreaker = std::make_shared<SharedCircuitBreaker>(breaker, clock.clock());
        parts.bulkhead = std::make_shared<SharedBulkhead>(
            BulkheadConfig{.maxConcurrent = 2, .maxQueue = 8, .maxWait = 0ns}, clock.clock());
        Pipeline pipeline({.policies = inUsualOrder(parts), .clock = clock.clock()});

        std::atomic<int> inside = 0;
        std::atomic<int> tooMany = 0;
        std::atomic<int> made = 0;
        std::atomic<int> values = 0;
        std::atomic<int> errors = 0;
        std::atomic<int> refusals = 0;
        CallOptions repeatable;
        repeatable.operation.idempotent = true;
        tests::onThreads(6, [&](int thread) {
            for (int i = 0; i < 150; ++i) {
                const CallResult<int> result = pipeline.call(
                    [&] {
                        tooMany += ++inside > 2;
                        const int number = ++made;
                        --inside;
                        if ((thread + i) % 3 == 0)
                            throw std::runtime_error("no");
                        return number;
                    },
                    repeatable);
                ++(result ? values : result.refusal() ? refusals : errors);
            }
        });
        QCOMPARE(tooMany.load(), 0);
        QCOMPARE(made.load(), 700); // as many as there were tokens
        QCOMPARE(values + errors + refusals, 900);
        QVERIFY(values > 0 && errors > 0 && refusals > 0);
        const RetryBudgetView budget =
            parts.retry->budget->with([](RetryBudget &core, Time now) { return core.view(now); });
        QCOMPARE(budget.requests, 900u);
        QVERIFY(budget.retries <= budget.allowed);
        QCOMPARE(parts.bulkhead->view().inUse, 0u);
        QCOMPARE(parts.bulkhead->view().permitted, uint64_t{700});
    }
};
REGISTER_TEST(PipelineLimitsTest)

#include "pipeline_limits_test.moc"
