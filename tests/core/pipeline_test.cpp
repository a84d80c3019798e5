// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config_error.h"
#include "tests/core/pipeline_loop.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::PipelineLoop;
using tests::with;

using P = PolicyKind;

class PipelineTest : public QObject {
    Q_OBJECT
private slots:
    void withoutPoliciesItIsTheBareCall()
    {
        PipelineLoop loop(with({}));
        const uint64_t key = loop.start();
        QCOMPARE(loop.told(), "1 send 1");
        QCOMPARE(loop.pipeline.underWay(), size_t(1));
        loop.pass(1h);
        QVERIFY(loop.answer(key, Outcome::Failure));
        QCOMPARE(loop.told(), "1 over failure, 1 done failure");
        QCOMPARE(loop.pipeline.underWay(), size_t(0));
        QVERIFY(!loop.answer(key, Outcome::Success));
    }

    // What becomes of one call under each policy alone, the target failing every attempt or never answering.
    void onePolicyAlone_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<bool>("answers");
        QTest::addColumn<QString>("expected");
        const auto row = [](PolicyKind policy, bool answers, const char *expected) {
            QTest::addRow("%s, %s", name(policy), answers ? "failing" : "silent")
                << int(policy) << answers << QString(expected);
        };
        row(P::Fallback, true, "1 send 1, 1 over failure, 1 falls back, 1 done failure, fell back");
        row(P::Fallback, false, "1 send 1");
        row(P::TotalTimeout, true, "1 send 1, 1 over failure, 1 done failure");
        row(P::TotalTimeout, false, "1 send 1, 1 over timeout by total-timeout, 1 done timeout by total-timeout");
        row(P::AttemptTimeout, false, "1 send 1, 1 over timeout by attempt-timeout, 1 done timeout by attempt-timeout");
        row(P::Retry, true,
            "1 send 1, 1 over failure, 1 retry 2 in 100 ms, 1 send 2, 1 over failure, 1 gives up, max-attempts, "
            "1 done failure");
        row(P::Retry, false, "1 send 1");
        row(P::RateLimiter, true, "1 send 1, 1 over failure, 1 done failure");
        row(P::CircuitBreaker, true, "1 send 1, 1 over failure, 1 done failure");
        row(P::Bulkhead, true, "1 send 1, 1 over failure, 1 done failure");
    }
    void onePolicyAlone()
    {
        QFETCH(int, policy);
        QFETCH(bool, answers);
        QFETCH(QString, expected);
        PipelineLoop loop(with({PolicyKind(policy)}));
        const uint64_t key = loop.start();
        for (int i = 0; i < 2; ++i) {
            loop.pass(500ms);
            if (answers)
                loop.answer(key, Outcome::Failure);
        }
        loop.pass(10s);
        QCOMPARE(loop.told(), expected);
    }

    void theLimiterTurnsBackAndSaysWhen()
    {
        PipelineLoop loop(
            with({P::RateLimiter}, [](auto &c) { c.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 1, 2); }));
        loop.start();
        loop.takeSteps();
        loop.start();
        const PipelineSteps steps = loop.takeSteps();
        QCOMPARE(steps.size(), size_t(2));
        QVERIFY(steps[0].as<PolicyRejected>()->why == Rejection::Throttled);
        QVERIFY(steps[0].as<PolicyRejected>()->retryAfter == 500ms);
        QVERIFY(steps[1].as<CallDone>()->ending.by == P::RateLimiter);
        QCOMPARE(loop.pipeline.passed(P::RateLimiter), uint64_t(1));
    }

    void theLeakyQueueMakesOneWait()
    {
        PipelineLoop loop(
            with({P::RateLimiter}, [](auto &c) { c.rateLimiter = limiterConfig(LimiterKind::LeakyQueue, 2, 1); }));
        loop.start();
        const uint64_t second = loop.start();
        loop.start();
        QCOMPARE(loop.told(), "1 send 1, 2 waits at rate-limiter, 3 turned back by rate-limiter, "
                              "3 done rejected by rate-limiter");
        QVERIFY(loop.pipeline.waitsAt(loop.handleOf(second)) == P::RateLimiter);
        loop.pass(2s);
        QCOMPARE(loop.told(), "2 goes on at rate-limiter after 1000 ms, 2 send 1");
    }

    void theBulkheadQueuesAndExpires()
    {
        PipelineLoop loop(with({P::Bulkhead}, [](auto &c) {
            c.bulkhead.maxQueue = 2;
            c.bulkhead.maxWait = 1s;
        }));
        const uint64_t first = loop.start();
        loop.start();
        loop.start();
        loop.start();
        QCOMPARE(loop.told(), "1 send 1, 2 waits at bulkhead, 3 waits at bulkhead, 4 turned back by bulkhead, "
                              "4 done rejected by bulkhead");
        loop.pass(400ms);
        loop.answer(first, Outcome::Success);
        QCOMPARE(loop.told(), "1 over success, 1 done success, 2 goes on at bulkhead after 400 ms, 2 send 1");
        loop.pass(1s);
        QCOMPARE(loop.told(), "3 turned back by bulkhead, 3 done rejected by bulkhead");
    }

    void theBreakerOpensAndTries()
    {
        PipelineLoop loop(with({P::CircuitBreaker}));
        for (int i = 0; i < 2; ++i)
            loop.answer(loop.start(), Outcome::Failure);
        loop.takeSteps();
        loop.start();
        QCOMPARE(loop.told(), "3 turned back by circuit-breaker, 3 done rejected by circuit-breaker");
        loop.pass(1s);
        const uint64_t trial = loop.start();
        loop.start();
        QCOMPARE(loop.told(), "breaker open to half-open, 4 send 1 trial, 5 turned back by circuit-breaker, "
                              "5 done rejected by circuit-breaker");
        loop.answer(trial, Outcome::Success);
        QCOMPARE(loop.told(), "4 over success, breaker half-open to closed, 4 done success");
    }

    void theUsualOrder()
    {
        PipelineLoop loop(with({P::Fallback, P::TotalTimeout, P::Retry, P::RateLimiter, P::CircuitBreaker, P::Bulkhead,
                                P::AttemptTimeout}));
        const uint64_t key = loop.start();
        loop.pass(1s); // no answer
        QCOMPARE(loop.told(), "1 send 1, 1 over timeout by attempt-timeout, 1 retry 2 in 100 ms");
        QVERIFY(loop.pipeline.waitsAt(loop.handleOf(key)) == P::Retry);
        QCOMPARE(loop.pipeline.bulkhead().inUse(), 0U); // nothing is held between two attempts
        loop.pass(200ms);
        loop.answer(key, Outcome::Failure);
        QCOMPARE(loop.told(), "1 send 2, 1 over failure, breaker closed to open, 1 gives up, max-attempts, "
                              "1 falls back, 1 done failure, fell back");
    }

    void aLateAnswerIsNotTaken()
    {
        PipelineLoop loop(with({P::Retry, P::AttemptTimeout}));
        const uint64_t key = loop.start();
        loop.pass(1100ms); // the first attempt has timed out, the second is out
        QVERIFY(!loop.answerAttempt(key, 1, Outcome::Success));
        loop.takeSteps();
        QVERIFY(loop.answerAttempt(key, 2, Outcome::Success));
        QCOMPARE(loop.told(), "1 over success, 1 done success");
    }

    void cancelGivesEverythingBack()
    {
        PipelineLoop loop(
            with({P::TotalTimeout, P::CircuitBreaker, P::Bulkhead}, [](auto &c) { c.bulkhead.maxQueue = 1; }));
        const uint64_t first = loop.start();
        const uint64_t waiting = loop.start();
        loop.takeSteps();
        loop.cancel(waiting);
        QCOMPARE(loop.told(), ""); // nothing was sent for it
        QCOMPARE(loop.pipeline.bulkhead().queued(), 0U);
        loop.start();
        loop.takeSteps();
        loop.cancel(first);
        QCOMPARE(loop.told(), "1 over cancelled, 3 goes on at bulkhead after 0 ms, 3 send 1");
        loop.cancel(3);
        loop.cancel(3); // again: nothing
        QCOMPARE(loop.pipeline.underWay(), size_t(0));
        QCOMPARE(loop.pipeline.bulkhead().inUse(), 0U);
        QCOMPARE(loop.pipeline.breaker().view(loop.now).window.consecutiveFailures, 0U);
        loop.takeSteps();
        loop.pass(1h);
        QCOMPARE(loop.told(), "");
    }

    void aCancelledTrialIsGivenBack()
    {
        PipelineLoop loop(with({P::CircuitBreaker}));
        for (int i = 0; i < 2; ++i)
            loop.answer(loop.start(), Outcome::Failure);
        loop.pass(1s);
        loop.cancel(loop.start());
        loop.takeSteps();
        loop.start();
        QCOMPARE(loop.told(), "4 send 1 trial");
    }

    void nothingBeginsAfterTheCallersDeadline()
    {
        PipelineLoop loop(with({P::Fallback, P::RateLimiter},
                               [](auto &c) { c.rateLimiter = limiterConfig(LimiterKind::LeakyQueue, 2, 1); }));
        loop.start({}, Deadline::at(loop.now));
        QCOMPARE(loop.told(), "1 out of time, deadline, 1 done deadline");
        loop.start();
        loop.takeSteps();
        // Its turn comes at 1 s, too late: it is not taken, and the fallback answers at once.
        loop.start({}, Deadline::at(at(500ms)));
        QCOMPARE(loop.told(),
                 "3 turned back by rate-limiter, 3 falls back, 3 done rejected by rate-limiter, fell back");
        QCOMPARE(loop.pipeline.rateLimiter().available(loop.now), 1.0);
    }

    // The caller's deadline ends what is under way, neutrally; the attempt's answer is late.
    void theCallersDeadlineEndsTheCall()
    {
        PipelineLoop loop(with({P::Fallback, P::Retry, P::CircuitBreaker, P::Bulkhead}));
        const uint64_t key = loop.start({.idempotent = true}, Deadline::at(at(700ms)));
        loop.pass(1s);
        QCOMPARE(loop.told(), "1 send 1, 1 over deadline, 1 done deadline");
        QVERIFY(!loop.answer(key, Outcome::Success));
        QCOMPARE(loop.pipeline.breaker().view(loop.now).window.consecutiveFailures, 0U);
        QCOMPARE(loop.pipeline.bulkhead().inUse(), 0U);
    }

    void theAttemptsDeadlineIsTheEarliest_data()
    {
        QTest::addColumn<int>("callersMs");
        QTest::addColumn<int>("expectedMs");
        QTest::newRow("attempt timeout") << 5000 << 1000;
        QTest::newRow("the caller's own") << 700 << 700;
    }
    void theAttemptsDeadlineIsTheEarliest()
    {
        QFETCH(int, callersMs);
        QFETCH(int, expectedMs);
        PipelineLoop loop(with({P::TotalTimeout, P::AttemptTimeout}));
        loop.start({}, Deadline::at(at(std::chrono::milliseconds(callersMs))));
        QVERIFY(loop.takeSteps()[0].as<SendAttempt>()->deadline.moment() == at(std::chrono::milliseconds(expectedMs)));
    }

    // A new order is for the calls that start from now on; new numbers are for all.
    void reconfiguredWhileCallsAreUnderWay()
    {
        PipelineLoop loop(with({P::Retry, P::AttemptTimeout}));
        const uint64_t old = loop.start();
        loop.reconfigure(with({P::AttemptTimeout, P::Bulkhead}));
        const uint64_t fresh = loop.start();
        loop.takeSteps();
        loop.answer(old, Outcome::Failure);
        loop.answer(fresh, Outcome::Failure);
        QCOMPARE(loop.told(), "1 over failure, 1 retry 2 in 100 ms, 2 over failure, 2 done failure");
        loop.pass(100ms);
        QCOMPARE(loop.told(), "1 send 2"); // without a slot: there is none in its order
        QCOMPARE(loop.pipeline.bulkhead().inUse(), 0U);
        loop.pass(1s);
        QCOMPARE(loop.told(), "1 over timeout by attempt-timeout, 1 gives up, max-attempts, 1 done timeout by "
                              "attempt-timeout");
    }

    void moreSlotsLetWaitersGoOn()
    {
        const auto withSlots = [](uint32_t count) {
            return with({P::Bulkhead}, [count](auto &c) { c.bulkhead = {count, 3, 0s}; });
        };
        PipelineLoop loop(withSlots(1));
        for (int i = 0; i < 3; ++i)
            loop.start();
        loop.takeSteps();
        loop.reconfigure(withSlots(2));
        QCOMPARE(loop.told(), "2 goes on at bulkhead after 0 ms, 2 send 1");
    }

    void badSettingsChangeNothing()
    {
        PipelineLoop loop(with({P::Retry, P::Bulkhead}));
        loop.start();
        const Pipeline before = loop.pipeline;
        PipelineConfig bad = with({P::CircuitBreaker});
        bad.bulkhead.maxConcurrent = 0;
        QVERIFY_EXCEPTION_THROWN(loop.reconfigure(bad), InvalidConfig);
        QVERIFY(loop.pipeline == before);
        try {
            const Pipeline pipeline(bad);
            QFAIL("it was taken");
        } catch (const InvalidConfig &invalid) {
            QCOMPARE(QString::fromStdString(invalid.error().field), "bulkhead.max_concurrent");
        }
    }

    void anOperatorsHandOnTheBreaker()
    {
        PipelineLoop loop(with({P::CircuitBreaker}));
        loop.force(BreakerTrigger::HoldOpen);
        loop.start();
        QCOMPARE(loop.told(), "breaker closed to forced-open, 1 turned back by circuit-breaker, "
                              "1 done rejected by circuit-breaker");
    }

    void aWaitThatWasOvertakenIsNotDue()
    {
        PipelineLoop loop(with({P::AttemptTimeout}));
        PipelineSteps steps;
        const CallHandle call = loop.pipeline.start(9, {}, {}, kTimeZero, steps);
        const WakeUp wake = *steps[0].as<WakeUp>();
        QVERIFY(loop.pipeline.isDue(wake));
        steps.clear();
        loop.pipeline.onAnswer(call, 1, Outcome::Success, {}, at(1ms), steps);
        QVERIFY(!loop.pipeline.isDue(wake));
        steps.clear();
        loop.pipeline.wake(wake, wake.at, steps);
        QVERIFY(steps.empty());
    }

    void aCopyGoesOnByItself()
    {
        PipelineLoop loop(with({P::Retry, P::Bulkhead, P::AttemptTimeout}));
        loop.start();
        PipelineLoop copy = loop;
        copy.pass(5s);
        QVERIFY(!(copy.pipeline == loop.pipeline));
        loop.pass(5s);
        QVERIFY(copy.pipeline == loop.pipeline);
        QCOMPARE(copy.told(), loop.told());
    }
};
REGISTER_TEST(PipelineTest)

#include "pipeline_test.moc"
