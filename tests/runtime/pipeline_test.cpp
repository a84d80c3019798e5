// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::messageOf;
using tests::of;

namespace {

// What everything hangs on: a pipeline of the usual parts with small numbers, on a clock that stands still.
struct Setup {
    Setup()
    {
        parts.retry = RetryPolicy{};
        parts.retry->config.maxAttempts = 3;
        parts.retry->config.backoff.baseDelay = 1s;
        parts.rateLimiter = tokens;
        CircuitBreakerConfig breaker;
        breaker.failureThreshold = 3;
        parts.circuitBreaker = std::make_shared<SharedCircuitBreaker>(breaker, clock.clock());
        parts.bulkhead = std::make_shared<SharedBulkhead>(
            BulkheadConfig{.maxConcurrent = 1, .maxQueue = 1, .maxWait = 0ns}, clock.clock());
        repeatable.operation.idempotent = true;
    }
    PipelineConfig config() { return {.policies = inUsualOrder(parts), .clock = clock.clock()}; }

    tests::ManualClock clock;
    std::shared_ptr<SharedTokenBucket> tokens = std::make_shared<SharedTokenBucket>(
        TokenBucketConfig{.capacity = 4, .refill = {1, 1h}, .initial = std::nullopt}, clock.clock());
    UsualPolicies parts;
    CallOptions repeatable;
};

} // namespace

class PipelineTest : public QObject {
    Q_OBJECT
private slots:
    void returnsWhatTheCallableReturns()
    {
        Pipeline pipeline{PipelineConfig{}};
        QCOMPARE(pipeline.call([] { return 7; }).value(), 7);
        QCOMPARE(pipeline.call([](const Attempt &attempt) { return attempt.number; }).value(), 1u);
        QVERIFY(pipeline.call([] {}).hasValue());
        auto moved = pipeline.call([] { return std::make_unique<int>(3); });
        QCOMPARE(*std::move(moved).value(), 3);
        QCOMPARE(moved.attempts(), 1u);
    }

    void handsOverTheException()
    {
        Pipeline pipeline{PipelineConfig{}};
        const auto result = pipeline.call([]() -> int { throw std::runtime_error("broken"); });
        QVERIFY(!result && !result.refusal());
        QCOMPARE(messageOf(result.exception()), std::string("broken"));
        QVERIFY_EXCEPTION_THROWN(result.value(), std::bad_variant_access);
    }

    void retriesWithBackoff()
    {
        Setup s;
        Pipeline pipeline(s.config());
        const auto result = pipeline.call(
            [](const Attempt &attempt) {
                if (attempt.number < 3)
                    throw CallError(of(ErrorKind::ServerError), "503");
                return attempt.number;
            },
            s.repeatable);
        QCOMPARE(result.value(), 3u);
        QCOMPARE(result.attempts(), 3u);
        QVERIFY((s.clock.sleeps() == std::vector<Duration>{1s, 2s}));
        QCOMPARE(s.tokens->available(), 1.0 + 3.0 / 3600);
    }

    void doesNotRepeatWhatMayDoHarm()
    {
        Setup s;
        Pipeline pipeline(s.config());
        const auto other = pipeline.call([] { throw CallError(of(ErrorKind::ServerError), "503"); });
        QCOMPARE(other.attempts(), 1u);
        // After two more failures the breaker opens; 2 s of backoff later it refuses, and that is not retried.
        const auto refused = pipeline.call([] { throw CallError(of(ErrorKind::NotSent), "no connection"); });
        QCOMPARE(refused.attempts(), 3u);
        QVERIFY((*refused.refusal() == Refusal{PolicyKind::CircuitBreaker, Rejection::Open, 28s}));
        QVERIFY(s.parts.circuitBreaker->force(BreakerTrigger::ForceClosed));
        s.clock.advance(4h);
        const auto notSent = pipeline.call([] { throw CallError(of(ErrorKind::NotSent), "no connection"); });
        QCOMPARE(notSent.attempts(), 3u);
        QCOMPARE(messageOf(notSent.exception()), std::string("no connection"));
    }

    void refusesWithoutThrowing()
    {
        Setup s;
        Pipeline pipeline(s.config());
        const auto fail = [] { throw CallError(of(ErrorKind::ClientError), "404"); };
        for (int i = 0; i < 3; ++i)
            QVERIFY(pipeline.call(fail).exception());
        const auto open = pipeline.call(fail);
        QVERIFY(open.refusal());
        QVERIFY((*open.refusal() == Refusal{PolicyKind::CircuitBreaker, Rejection::Open, 30s}));
        // The refused call has used up its token.
        QCOMPARE(s.tokens->available(), 0.0);
        QVERIFY(s.parts.circuitBreaker->force(BreakerTrigger::ForceClosed));
        const auto throttled = pipeline.call([] {});
        QVERIFY((*throttled.refusal() == Refusal{PolicyKind::RateLimiter, Rejection::Throttled, 1h}));
        QCOMPARE(throttled.attempts(), 1u);
    }

    void aFullBulkheadDoesNotBlameTheTarget()
    {
        Setup s;
        s.parts.bulkhead->reconfigure({.maxConcurrent = 1, .maxQueue = 0, .maxWait = 0ns});
        Pipeline pipeline(s.config());
        const BulkheadPermit taken = s.parts.bulkhead->acquire();
        const auto result = pipeline.call([] {});
        QVERIFY((*result.refusal() == Refusal{PolicyKind::Bulkhead, Rejection::QueueFull, std::nullopt}));
        QCOMPARE(s.parts.circuitBreaker->view().window.failures, 0u);
        QCOMPARE(s.tokens->available(), 3.0);
    }

    void handsTheDeadlineDown()
    {
        Setup s;
        s.parts.totalTimeout = 10s;
        s.parts.attemptTimeout = 4s;
        Pipeline pipeline(s.config());
        const Time start = s.clock.now();
        std::vector<Duration> left;
        const auto result = pipeline.call(
            [&](const Attempt &attempt) {
                left.push_back(*attempt.deadline.remaining(s.clock.now()));
                s.clock.advance(4s);
                return 1;
            },
            s.repeatable);
        // 4 s, 1 s of backoff, 4 s; the next wait of 2 s does not fit into 10 s any more.
        QVERIFY((left == std::vector<Duration>{4s, 4s}));
        QVERIFY(s.clock.now() == start + 9s);
        QCOMPARE(messageOf(result.exception()), std::string("timed out"));
        QCOMPARE(s.parts.circuitBreaker->view().window.consecutiveFailures, 2u);
    }

    void anAnswerIsInTimeUntilTheDeadline()
    {
        Setup s;
        s.parts.attemptTimeout = 4s;
        Pipeline pipeline(s.config());
        const auto taking = [&](Duration time) { return [&s, time] { s.clock.advance(time); }; };
        QVERIFY(pipeline.call(taking(4s - 1ns)));
        QVERIFY(!pipeline.call(taking(4s)));
        QVERIFY(!pipeline.call(taking(4s + 1ns)));
    }

    void aPastDeadlineIsNotTried()
    {
        Setup s;
        Pipeline pipeline(s.config());
        CallOptions late;
        late.deadline = Deadline::at(s.clock.now());
        bool called = false;
        const auto result = pipeline.call([&] { called = true; }, late);
        QVERIFY((*result.refusal() == Refusal{std::nullopt, Rejection::DeadlinePassed, std::nullopt}));
        QVERIFY(!called);
    }

    void stopBeforeTheCall()
    {
        Setup s;
        Pipeline pipeline(s.config());
        std::stop_source stop;
        stop.request_stop();
        s.repeatable.stop = stop.get_token();
        const auto result = pipeline.call([] {}, s.repeatable);
        QVERIFY((*result.refusal() == Refusal{std::nullopt, Rejection::Cancelled, std::nullopt}));
    }

    void stopDuringTheCallIsNeutral()
    {
        Setup s;
        Pipeline pipeline(s.config());
        std::stop_source stop;
        s.repeatable.stop = stop.get_token();
        const auto result = pipeline.call(
            [&](const Attempt &attempt) {
                stop.request_stop();
                if (attempt.stop.stop_requested())
                    throw std::runtime_error("stopped");
            },
            s.repeatable);
        QCOMPARE(messageOf(result.exception()), std::string("stopped"));
        QCOMPARE(result.attempts(), 1u);
        QCOMPARE(s.parts.circuitBreaker->view().window.consecutiveFailures, 0u);
    }

    // On the real clock: a backoff of an hour ends when asked to.
    void stopDuringBackoffAnswersWithTheRealError()
    {
        RetryPolicy retry;
        retry.config.backoff.baseDelay = 1h;
        retry.config.backoff.maxDelay = 1h;
        PipelineConfig config{.policies = {retry}};
        // Asks to stop when the sleep begins: before that, the failure would count as a cancellation.
        std::atomic<bool> asleep = false;
        config.clock.sleepUntil = [&](Time moment, const std::stop_token &stop) {
            asleep = true;
            return steadySleepUntil(moment, stop);
        };
        Pipeline pipeline(config);
        std::stop_source stop;
        const std::jthread stopper([&] {
            tests::yieldUntil([&] { return asleep.load(); });
            stop.request_stop();
        });
        CallOptions options;
        options.stop = stop.get_token();
        const auto result = pipeline.call([] { throw CallError(of(ErrorKind::NotSent), "no connection"); }, options);
        QCOMPARE(result.attempts(), 1u);
        QCOMPARE(messageOf(result.exception()), std::string("no connection"));
    }

    void stopDuringTheWaitForASlot()
    {
        Setup s;
        Pipeline pipeline(s.config());
        const BulkheadPermit taken = s.parts.bulkhead->acquire();
        std::stop_source stop;
        const std::jthread stopper([&] {
            tests::yieldUntil([&] { return s.parts.bulkhead->view().queued == 1; });
            stop.request_stop();
        });
        s.repeatable.stop = stop.get_token();
        const auto result = pipeline.call([] {}, s.repeatable);
        QVERIFY((*result.refusal() == Refusal{std::nullopt, Rejection::Cancelled, std::nullopt}));
        QCOMPARE(s.tokens->available(), 3.0);
    }

    void theBudgetIsAsked()
    {
        Setup s;
        RetryBudgetConfig none;
        none.ratio = Ratio::of(0);
        none.minPerSecond = 0;
        s.parts.retry->budget = std::make_shared<SharedRetryBudget>(RetryBudget(none), s.clock.clock());
        Pipeline pipeline(s.config());
        const auto result = pipeline.call([] { throw CallError(of(ErrorKind::NotSent), "no connection"); });
        QCOMPARE(result.attempts(), 1u);
    }
};
REGISTER_TEST(PipelineTest)

#include "pipeline_test.moc"
