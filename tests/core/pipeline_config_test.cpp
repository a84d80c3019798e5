// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/any_limiter.h"
#include "core/patterns/pipeline.h"
#include "tests/core/pipeline_loop.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

struct BadPipeline {
    const char *field;
    const char *found;
    void (*spoil)(PipelineConfig &);
};

// One wrong value for each field of each policy; what is in range is tested with the policy itself.
const BadPipeline kBadPipelines[] = {
    {"fallback.answers", "nothing",
     [](auto &c) {
         c.fallback = {false, false, false};
     }},
    {"total-timeout", "0 s", [](auto &c) { c.totalTimeout = 0s; }},
    {"total-timeout", "-1 s", [](auto &c) { c.totalTimeout = -1s; }},
    {"attempt-timeout", "0 s", [](auto &c) { c.attemptTimeout = 0s; }},
    {"retry.max_attempts", "0", [](auto &c) { c.retry.maxAttempts = 0; }},
    {"retry.max_elapsed", "-1 s", [](auto &c) { c.retry.maxElapsed = -1s; }},
    {"retry.base_delay", "-1 s", [](auto &c) { c.retry.backoff.baseDelay = -1s; }},
    {"retry.multiplier", "0.5", [](auto &c) { c.retry.backoff.multiplier = 0.5; }},
    {"retry.max_delay", "0 s", [](auto &c) { c.retry.backoff.maxDelay = 0s; }},
    {"retry.budget.window", "0 s", [](auto &c) { c.retryBudget = RetryBudgetConfig{.window = 0s}; }},
    {"rate-limiter.capacity", "0", [](auto &c) { c.rateLimiter = TokenBucketConfig{.capacity = 0}; }},
    {"rate-limiter.refill_rate", nullptr,
     [](auto &c) {
         c.rateLimiter = TokenBucketConfig{.refill = Rate{0, 1s}};
     }},
    {"rate-limiter.initial", "11", [](auto &c) { c.rateLimiter = TokenBucketConfig{.initial = 11}; }},
    {"rate-limiter.capacity", "0", [](auto &c) { c.rateLimiter = LeakyBucketConfig{.capacity = 0}; }},
    {"rate-limiter.leak_rate", nullptr,
     [](auto &c) {
         c.rateLimiter = LeakyBucketConfig{.leak = Rate{0, 1s}};
     }},
    {"rate-limiter.leak_rate", nullptr,
     [](auto &c) {
         c.rateLimiter = LeakyQueueConfig{.leak = Rate{0, 1s}};
     }},
    {"rate-limiter.limit", "0", [](auto &c) { c.rateLimiter = FixedWindowConfig{.limit = 0}; }},
    {"rate-limiter.window", "0 s", [](auto &c) { c.rateLimiter = FixedWindowConfig{.window = 0s}; }},
    {"rate-limiter.limit", "0", [](auto &c) { c.rateLimiter = SlidingWindowLogConfig{.limit = 0}; }},
    {"rate-limiter.window", "0 s", [](auto &c) { c.rateLimiter = SlidingWindowLogConfig{.window = 0s}; }},
    {"rate-limiter.limit", "0", [](auto &c) { c.rateLimiter = SlidingWindowCounterConfig{.limit = 0}; }},
    {"rate-limiter.window", "0 s", [](auto &c) { c.rateLimiter = SlidingWindowCounterConfig{.window = 0s}; }},
    {"circuit-breaker.failure_threshold", "0", [](auto &c) { c.circuitBreaker.failureThreshold = 0; }},
    {"circuit-breaker.open_duration", "0 s", [](auto &c) { c.circuitBreaker.openDuration = 0s; }},
    {"bulkhead.max_concurrent", "0", [](auto &c) { c.bulkhead.maxConcurrent = 0; }},
    {"bulkhead.max_queue", "1000001", [](auto &c) { c.bulkhead.maxQueue = 1'000'001; }},
    {"bulkhead.max_wait", "-1 s", [](auto &c) { c.bulkhead.maxWait = -1s; }},
};

} // namespace

// Every policy's settings are checked, in use or not: they may be switched on later.
class PipelineConfigTest : public QObject {
    Q_OBJECT
private slots:
    void badSettingsAreRefusedByName_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < int(std::size(kBadPipelines)); ++i)
            QTest::addRow("%s %s, %d", kBadPipelines[i].field, kBadPipelines[i].found ? kBadPipelines[i].found : "", i)
                << i;
    }
    void badSettingsAreRefusedByName()
    {
        QFETCH(int, row);
        const BadPipeline &bad = kBadPipelines[row];
        PipelineConfig config;
        QVERIFY(!config.validate());
        bad.spoil(config);
        const auto error = config.validate();
        QVERIFY(error.has_value());
        QCOMPARE(QString::fromStdString(error->field), QString::fromLatin1(bad.field));
        if (bad.found)
            QCOMPARE(QString::fromStdString(error->found), QString::fromLatin1(bad.found));
        QVERIFY(!error->expected.empty());
        QVERIFY_EXCEPTION_THROWN(Pipeline(config, RandomStream(1, "refused")), InvalidConfig);
    }

    // The six limiters with one limit: as many in a burst, as many in the long run.
    void aLimiterOfAnyKindHasTheSameLimit()
    {
        for (size_t kind = 0; kind < kLimiterKindCount; ++kind) {
            const AnyLimiterConfig config = limiterConfig(LimiterKind(kind), 6, 3);
            QVERIFY(kindOf(config) == LimiterKind(kind));
            QCOMPARE(burstOf(config), uint64_t(6));
            QCOMPARE(perSecondOf(config), 3.0);
            PipelineConfig whole;
            whole.rateLimiter = config;
            QVERIFY(!whole.validate());
        }
    }
};

REGISTER_TEST(PipelineConfigTest)
#include "pipeline_config_test.moc"
