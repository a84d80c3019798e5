// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/pipeline_loop.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::PipelineLoop;
using tests::with;

using P = PolicyKind;

// Where two policies meet: (outer, inner).
class PipelineNestingTest : public QObject {
    Q_OBJECT
private slots:
    void anInnerRejectionLeavesNoTraceInTheBreaker()
    {
        PipelineLoop loop(with({P::CircuitBreaker, P::Bulkhead}));
        loop.start();
        for (int i = 0; i < 5; ++i)
            loop.start();
        QVERIFY(loop.pipeline.breaker().state() == BreakerState::Closed);
        QCOMPARE(loop.pipeline.breaker().view(loop.now).window.consecutiveFailures, 0U);
        QCOMPARE(loop.pipeline.passed(P::CircuitBreaker), uint64_t(6));
        QCOMPARE(loop.pipeline.passed(P::Bulkhead), uint64_t(1));
    }

    void aLimitersPermitIsUsedUpAllTheSame()
    {
        PipelineLoop loop(with({P::RateLimiter, P::Bulkhead}));
        for (int i = 0; i < 5; ++i)
            loop.start();
        QCOMPARE(loop.pipeline.rateLimiter().available(loop.now), 0.0);
        loop.takeSteps();
        loop.start();
        QCOMPARE(loop.told(), "6 turned back by rate-limiter, 6 done rejected by rate-limiter");
    }

    void aTimeoutIsAFailureToTheBreakerAroundIt_data()
    {
        QTest::addColumn<bool>("breakerOutside");
        QTest::newRow("around") << true;
        QTest::newRow("inside") << false;
    }
    void aTimeoutIsAFailureToTheBreakerAroundIt()
    {
        QFETCH(bool, breakerOutside);
        PipelineLoop loop(breakerOutside ? with({P::CircuitBreaker, P::AttemptTimeout})
                                         : with({P::AttemptTimeout, P::CircuitBreaker}));
        loop.start();
        loop.start();
        loop.pass(1s);
        QVERIFY(loop.pipeline.breaker().state() == (breakerOutside ? BreakerState::Open : BreakerState::Closed));
    }

    void theBreakerMeasuresFromItsPermitOn()
    {
        PipelineLoop loop(with({P::CircuitBreaker, P::Bulkhead}, [](auto &c) {
            c.bulkhead.maxQueue = 1;
            c.circuitBreaker.slowCallDuration = 500ms;
        }));
        const uint64_t first = loop.start();
        const uint64_t second = loop.start();
        loop.pass(400ms);
        loop.answer(first, Outcome::Success);
        loop.pass(200ms);
        loop.takeSteps();
        loop.answer(second, Outcome::Success);
        const auto steps = loop.takeSteps();
        QVERIFY(steps[0].as<AttemptOver>()->took == 200ms);
        QVERIFY(steps[0].as<AttemptOver>()->judgement->slow); // 600 ms since it was let in
    }

    void everyRetryPassesTheInnerPoliciesAgain_data()
    {
        QTest::addColumn<bool>("limiterInside");
        QTest::addColumn<int>("permits");
        QTest::newRow("limiter inside") << true << 2;
        QTest::newRow("limiter outside") << false << 1;
    }
    void everyRetryPassesTheInnerPoliciesAgain()
    {
        QFETCH(bool, limiterInside);
        QFETCH(int, permits);
        PipelineLoop loop(limiterInside ? with({P::Retry, P::RateLimiter}) : with({P::RateLimiter, P::Retry}));
        const uint64_t key = loop.start();
        loop.answer(key, Outcome::Failure);
        loop.pass(100ms);
        loop.answer(key, Outcome::Failure);
        QCOMPARE(loop.pipeline.passed(P::RateLimiter), uint64_t(permits));
    }

    void aRetryKnowsTheLimitsAroundIt()
    {
        PipelineLoop loop(with({P::TotalTimeout, P::Retry}, [](auto &c) {
            c.totalTimeout = 1s;
            c.retry.backoff.baseDelay = 600ms;
        }));
        const uint64_t key = loop.start();
        loop.pass(400ms);
        loop.answer(key, Outcome::Failure); // the next attempt could begin at exactly the end
        QCOMPARE(loop.told(), "1 send 1, 1 over failure, 1 gives up, max-elapsed, 1 done failure");
        const uint64_t other = loop.start();
        loop.pass(399ms);
        loop.answer(other, Outcome::Failure);
        QCOMPARE(loop.told(), "2 send 1, 2 over failure, 2 retry 2 in 600 ms");
        loop.pass(600ms);
        QCOMPARE(loop.told(), "2 send 2");
        loop.pass(1ms);
        QCOMPARE(loop.told(), "2 over timeout by total-timeout, 2 done timeout by total-timeout");
    }

    void retryOfRejectionsHasToBeAskedFor_data()
    {
        QTest::addColumn<bool>("asked");
        QTest::newRow("not asked for") << false;
        QTest::newRow("asked for") << true;
    }
    void retryOfRejectionsHasToBeAskedFor()
    {
        QFETCH(bool, asked);
        PipelineLoop loop(with({P::Retry, P::Bulkhead}, [&](auto &c) { c.retry.retryRejected = asked; }));
        loop.start();
        loop.takeSteps();
        loop.start();
        QCOMPARE(loop.told(),
                 asked ? "2 turned back by bulkhead, 2 retry 2 in 100 ms"
                       : "2 turned back by bulkhead, 2 gives up, not-retryable, 2 done rejected by bulkhead");
    }

    void theBudgetIsShared()
    {
        PipelineLoop loop(with({P::Retry}, [](auto &c) { c.retryBudget = RetryBudgetConfig{Ratio::of(0.5), 0, 10s}; }));
        const uint64_t a = loop.start();
        const uint64_t b = loop.start();
        loop.takeSteps();
        loop.answer(a, Outcome::Failure);
        loop.answer(b, Outcome::Failure);
        QCOMPARE(loop.told(),
                 "1 over failure, 1 retry 2 in 100 ms, 2 over failure, 2 gives up, budget, 2 done failure");
    }

    void whatMayNotBeRepeatedIsNot()
    {
        PipelineLoop loop(with({P::Retry}));
        const uint64_t key = loop.start({.idempotent = false});
        loop.takeSteps();
        loop.answer(key, Outcome::Failure, {.kind = ErrorKind::ServerError});
        QCOMPARE(loop.told(), "1 over failure, 1 gives up, not-retryable, 1 done failure");
        const uint64_t unsent = loop.start({.idempotent = false});
        loop.takeSteps();
        loop.answer(unsent, Outcome::Failure, {.kind = ErrorKind::NotSent});
        QCOMPARE(loop.told(), "2 over failure, 2 retry 2 in 100 ms");
    }

    void theFallbackAnswersWhatItIsMeantFor_data()
    {
        QTest::addColumn<int>("ending"); // 0 failure, 1 timeout, 2 rejection
        QTest::addColumn<int>("answered"); // likewise
        for (int ending = 0; ending < 3; ++ending)
            for (int answered = 0; answered < 3; ++answered)
                QTest::addRow("%d under %d", ending, answered) << ending << answered;
    }
    void theFallbackAnswersWhatItIsMeantFor()
    {
        QFETCH(int, ending);
        QFETCH(int, answered);
        PipelineLoop loop(with({P::Fallback, P::Bulkhead, P::AttemptTimeout}, [&](auto &c) {
            c.fallback = {answered == 0, answered == 1, answered == 2};
        }));
        const uint64_t key = loop.start();
        if (ending == 2)
            loop.start();
        else if (ending == 1)
            loop.pass(2s);
        else
            loop.answer(key, Outcome::Failure);
        const PipelineSteps steps = loop.takeSteps();
        QCOMPARE(steps.back().as<CallDone>()->ending.fellBack, ending == answered);
    }

    // Inside a retry the fallback's answer is good enough, so that nothing is tried again.
    void aFallbackInsideARetryEndsIt()
    {
        PipelineLoop loop(with({P::Retry, P::Fallback}));
        loop.answer(loop.start(), Outcome::Failure);
        QCOMPARE(loop.told(), "1 send 1, 1 over failure, 1 falls back, 1 done failure, fell back");
    }
};
REGISTER_TEST(PipelineNestingTest)

#include "pipeline_nesting_test.moc"
