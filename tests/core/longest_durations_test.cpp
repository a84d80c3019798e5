// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/any_limiter.h"
#include "core/patterns/bulkhead.h"
#include "core/patterns/circuit_breaker.h"
#include "core/patterns/health_check.h"
#include "core/patterns/hedging.h"
#include "core/patterns/idempotency_config.h"
#include "core/patterns/lock/fencing.h"
#include "core/patterns/redlock.h"
#include "core/patterns/retry.h"
#include "core/patterns/timeouts.h"
#include "core/sim/engine/scenario.h"
#include "tests/register_test.h"

#include <QtTest>

#include <ratio>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

constexpr auto kForEver = std::chrono::hours::max(); // as people write it: 2^63 hours
constexpr Time kNow = at(100s);

// A unit as coarse as a counter as narrow as they come, and one without a sign.
using Days32 = std::chrono::duration<int32_t, std::ratio<86400>>;
using UnsignedSeconds = std::chrono::duration<uint64_t>;

static_assert(GivenDuration(kForEver) == kDurationMax);
static_assert(GivenDuration(std::chrono::hours::min()) == Duration::min());
static_assert(GivenDuration(std::chrono::years{293}) == kDurationMax);
static_assert(GivenDuration(Days32::max()) == kDurationMax && GivenDuration(Days32{1}) == 24h);
static_assert(GivenDuration(UnsignedSeconds::max()) == kDurationMax && GivenDuration(UnsignedSeconds{7}) == 7s);
static_assert(GivenDuration(kDurationMax) == kDurationMax && GivenDuration(Duration::min()) == Duration::min());
// The largest and smallest number of a unit that fits is kept, the next one is the end.
static_assert(GivenDuration(9'223'372'036s) == Duration{9'223'372'036'000'000'000});
static_assert(GivenDuration(9'223'372'037s) == kDurationMax);
static_assert(GivenDuration(-9'223'372'036s) == Duration{-9'223'372'036'000'000'000});
static_assert(GivenDuration(-9'223'372'037s) == Duration::min());
static_assert(GivenDuration() == Duration::zero() && GivenDuration{5} == 5ns);
// What std::chrono does not convert by itself, this does not either.
static_assert(!std::is_convertible_v<std::chrono::duration<double>, GivenDuration>);
static_assert(!std::is_convertible_v<std::chrono::duration<int64_t, std::pico>, GivenDuration>);

// Whether every given duration is the longest there is.
template <typename... Durations> bool longest(const Durations &...given) { return ((given == kDurationMax) && ...); }

} // namespace

// What people give for "for ever", or for "as long as it takes", at every place that takes a duration from them.
class LongestDurationsTest : public QObject {
    Q_OBJECT
private slots:
    void everySettingTakesThem()
    {
        const BackoffConfig backoff{.baseDelay = kForEver, .maxDelay = kForEver};
        const RetryConfig retry{.maxElapsed = kForEver, .maxRetryAfter = kForEver, .backoff = backoff};
        QVERIFY(longest(backoff.baseDelay, backoff.maxDelay, *retry.maxElapsed, *retry.maxRetryAfter));
        QVERIFY(!retry.validate());

        CircuitBreakerConfig breaker;
        breaker.window.duration = kForEver;
        breaker.slowCallDuration = breaker.openDuration = kForEver;
        breaker.maxOpenDuration = breaker.halfOpenMaxDuration = kForEver;
        QVERIFY(longest(breaker.window.duration, breaker.slowCallDuration, breaker.openDuration,
                        *breaker.maxOpenDuration, *breaker.halfOpenMaxDuration));
        QVERIFY(!breaker.validate());

        const BulkheadConfig bulkhead{.maxConcurrent = 1, .maxQueue = 1, .maxWait = kForEver};
        const TimeoutConfig timeouts{kForEver, kForEver, kForEver, kForEver};
        const HedgingConfig hedging{.maxAttempts = 2, .delay = kForEver};
        QVERIFY(longest(bulkhead.maxWait, *timeouts.connect, *timeouts.read, *timeouts.attempt, *timeouts.total,
                        *hedging.delay));
        QVERIFY(!bulkhead.validate() && !timeouts.validate() && !hedging.validate());

        RedlockConfig lock;
        lock.ttl = lock.requestTimeout = lock.minRetryWait = lock.maxRetryWait = kForEver;
        HealthCheckConfig health;
        health.degradedLatency = health.unhealthyLatency = kForEver;
        health.timeout = kForEver;
        IdempotencyConfig answers;
        answers.keepAnswers = answers.maxInProgress = kForEver;
        QVERIFY(longest(lock.ttl, lock.requestTimeout, lock.minRetryWait, lock.maxRetryWait, health.degradedLatency,
                        health.unhealthyLatency, *health.timeout, answers.keepAnswers, answers.maxInProgress));
        QVERIFY(!lock.validate() && !health.validate());

        PipelineConfig pipeline;
        pipeline.totalTimeout = pipeline.attemptTimeout = kForEver;
        sim::ServiceConfig service;
        service.latency = service.spread = service.warmUp = service.restartTime = kForEver;
        QVERIFY(longest(pipeline.totalTimeout, pipeline.attemptTimeout, service.latency, service.spread, service.warmUp,
                        service.restartTime));
    }

    // Where there is a longest, what is longer is refused by its name and not taken for something short.
    void whatIsTooLongIsRefusedAsThat()
    {
        const RetryBudgetConfig budget{.window = kForEver};
        const auto error = budget.validate();
        QVERIFY(error && error->field.ends_with("window"));
        QCOMPARE(error->found, std::string("9223372036.854776 s"));
        QVERIFY_EXCEPTION_THROWN(FixedWindow({.limit = 1, .window = kForEver}), InvalidConfig);
        QVERIFY_EXCEPTION_THROWN(SlidingWindowLog({.limit = 1, .window = kForEver}), InvalidConfig);
        QVERIFY_EXCEPTION_THROWN(SlidingWindowCounter({.limit = 1, .window = kForEver}), InvalidConfig);
        TokenBucketConfig bucket;
        bucket.refill = {1, kForEver};
        QVERIFY_EXCEPTION_THROWN(TokenBucket{bucket}, InvalidConfig);
    }

    void deadlines()
    {
        const Deadline never = Deadline::in(kForEver, kNow);
        QVERIFY(never == Deadline::at(kTimeMax) && !never.isOver(kNow + 24h * 365 * 100));
        QVERIFY(never.allowsWait(1h, kNow));
        QVERIFY(!Deadline::in(1h, kNow).allowsWait(kForEver, kNow));
        QVERIFY(Deadline::in(-kForEver, kNow).isOver(kNow));
        QVERIFY(saturatingAdd(kNow, kForEver) == kTimeMax && at(kForEver) == kTimeMax);

        const Timeouts timeouts({kForEver, kForEver, kForEver, kForEver});
        const Deadline call = timeouts.callDeadline(kNow, {});
        QVERIFY(!call.isOver(kNow) && !timeouts.attemptDeadline(kNow, call).isOver(kNow));
        QVERIFY(timeouts.readLimit(kNow, {}, call).rejection == Rejection::None);
    }

    void theServersWishToWaitForEver()
    {
        Retry retry;
        RetryCall call = retry.begin(kNow, {.idempotent = true});
        const RetryVerdict wait = retry.onResult(call, Outcome::Failure, {ErrorKind::Other, kForEver}, kNow);
        QVERIFY(wait.again() && wait.delay == kDurationMax);
        call = retry.begin(kNow, {.idempotent = true}, Deadline::in(1h, kNow));
        const RetryVerdict stop = retry.onResult(call, Outcome::Failure, {ErrorKind::Other, kForEver}, kNow);
        QVERIFY(!stop.again() && stop.reason == RetryVerdict::Reason::MaxElapsed);
    }

    void waitsOfAHundredYearsAndForEver()
    {
        CircuitBreaker breaker({.failureThreshold = 1, .openDuration = kForEver});
        breaker.onResult(breaker.tryAcquire(kNow).permit, Outcome::Failure, kForEver, kNow);
        for (const Duration later : {Duration{0}, Duration{24h * 365 * 100}})
            QVERIFY(breaker.tryAcquire(kNow + later).rejection == Rejection::Open);

        Bulkhead bulkhead({.maxConcurrent = 1, .maxQueue = 1, .maxWait = kForEver});
        const Admission held = bulkhead.tryAcquire(kNow);
        const Admission waiting = bulkhead.tryAcquire(kNow);
        QVERIFY(waiting.queued());
        bulkhead.release(held.ticket, kNow + 24h * 365 * 100);
        QCOMPARE(bulkhead.granted().size(), size_t{1});

        FencingStore store;
        QVERIFY(store.acquire(1, kForEver, kNow));
        QVERIFY(!store.acquire(2, 1s, kNow + 24h * 365 * 100));
    }
};
REGISTER_TEST(LongestDurationsTest)

#include "longest_durations_test.moc"
