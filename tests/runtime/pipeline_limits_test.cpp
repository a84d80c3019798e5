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
        PipelineConfig config;
        config.clock = clock.clock();
        config.retry = RetryConfig{};
        config.retry->backoff.baseDelay = 0ns;
        config.rateLimiter = std::make_shared<SharedTokenBucket>(
            TokenBucketConfig{.capacity = 700, .refill = {1, 1s}, .initial = std::nullopt}, clock.clock());
        CircuitBreakerConfig breaker;
        breaker.failureThreshold = 1'000'000;
        config.circuitBreaker = std::make_shared<SharedCircuitBreaker>(breaker, clock.clock());
        config.bulkhead = std::make_shared<SharedBulkhead>(
            BulkheadConfig{.maxConcurrent = 2, .maxQueue = 8, .maxWait = 0ns}, clock.clock());
        config.budget = std::make_shared<Guarded<RetryBudget>>(RetryBudget(), clock.clock());
        Pipeline pipeline(config);

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
        const RetryBudgetView budget = config.budget->with([](RetryBudget &core, Time now) { return core.view(now); });
        QCOMPARE(budget.requests, 900u);
        QVERIFY(budget.retries <= budget.allowed);
        QCOMPARE(config.bulkhead->view().inUse, 0u);
        QCOMPARE(config.bulkhead->view().permitted, uint64_t{700});
    }
};
REGISTER_TEST(PipelineLimitsTest)

#include "pipeline_limits_test.moc"
