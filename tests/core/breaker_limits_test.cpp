// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(CircuitBreakerConfig)

// 1 ns (or one call) before, at and after every limit. Intervals are half-open: at the end it is over.
class BreakerLimitsTest : public QObject {
    Q_OBJECT

    static void offsets()
    {
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<bool>("over");
        QTest::addRow("1 ns before") << qint64(-1) << false;
        QTest::addRow("at") << qint64(0) << true;
        QTest::addRow("1 ns after") << qint64(1) << true;
    }

private slots:
    void openWait_data() { offsets(); }
    void openWait()
    {
        QFETCH(qint64, offset);
        QFETCH(bool, over);
        CircuitBreaker breaker = tests::inState(BreakerState::Open, at(7s));
        const Time now = at(17s + Duration{offset});
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(at(17s)));
        QCOMPARE(breaker.view(now).halfOpenAllowed, over);
        QCOMPARE(breaker.view(now).state, BreakerState::Open);
        const Decision decision = breaker.tryAcquire(now);
        QCOMPARE(decision.permitted(), over);
        QCOMPARE(breaker.state(), over ? BreakerState::HalfOpen : BreakerState::Open);
        QCOMPARE(tests::ns(decision.retryAfter), over ? -1 : 1);
    }

    void halfOpenPatience_data() { offsets(); }
    void halfOpenPatience()
    {
        QFETCH(qint64, offset);
        QFETCH(bool, over);
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, at(20s));
        const Permit permit = breaker.tryAcquire(at(20s)).permit;
        const Time now = at(24s + Duration{offset});
        QCOMPARE(tests::ns(breaker.nextDeadline()), tests::ns(at(24s)));

        CircuitBreaker looked = breaker;
        QCOMPARE(looked.view(now).state, over ? BreakerState::Open : BreakerState::HalfOpen);
        QCOMPARE(looked, breaker);

        CircuitBreaker woken = breaker;
        woken.onDeadline(now);
        QCOMPARE(woken.state(), over ? BreakerState::Open : BreakerState::HalfOpen);
        QCOMPARE(tests::ns(woken.view(now).since), tests::ns(over ? at(24s) : at(20s)));

        CircuitBreaker asked = breaker;
        QCOMPARE(asked.tryAcquire(now).permitted(), !over);

        QCOMPARE(breaker.onResult(permit, Outcome::Success, {}, now), over ? Recorded::Late : Recorded::Counted);
    }

    // Slow means strictly longer.
    void slowCall_data()
    {
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<bool>("slow");
        QTest::addRow("1 ns before") << qint64(-1) << false;
        QTest::addRow("at") << qint64(0) << false;
        QTest::addRow("1 ns after") << qint64(1) << true;
    }
    void slowCall()
    {
        QFETCH(qint64, offset);
        QFETCH(bool, slow);
        CircuitBreaker breaker(tests::countConfig(2, 2));
        tests::call(breaker, Outcome::Success, at(1s), 2s + Duration{offset});
        QCOMPARE(breaker.view(at(1s)).window.slow, slow ? 1U : 0U);
        tests::call(breaker, Outcome::Success, at(1s));
        QCOMPARE(breaker.state(), slow ? BreakerState::Open : BreakerState::Closed);

        CircuitBreaker trial =
            tests::inState(BreakerState::HalfOpen, at(20s), tests::rateConfig(HalfOpenRule::Rate, 2));
        tests::call(trial, Outcome::Success, at(20s), 2s + Duration{offset});
        QCOMPARE(trial.view(at(20s)).trialsSlow, slow ? 1U : 0U);
        tests::call(trial, Outcome::Success, at(20s));
        QCOMPARE(trial.state(), slow ? BreakerState::Open : BreakerState::Closed);
    }

    // One call before, at and after the number that decides. Letters as in calls(), states after each of them.
    void numbers_data()
    {
        QTest::addColumn<CircuitBreakerConfig>("config");
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("states");
        const auto row = [](const char *title, const CircuitBreakerConfig &config, const char *letters,
                            const char *states) { QTest::newRow(title) << config << letters << states; };
        const auto rates = [](CircuitBreakerConfig config, double failures, double slow) {
            config.failureRateThreshold = Ratio::of(failures);
            config.slowCallRateThreshold = Ratio::of(slow);
            return config;
        };
        row("third in a row", tests::smallConfig(), "FFFF", "cco.");
        row("a success breaks the row", tests::smallConfig(), "FFSFFF", "ccccco");
        row("ignored and cancelled do not", tests::smallConfig(), "FIFCF", "cccco");
        auto one = tests::smallConfig();
        one.failureThreshold = 1;
        row("the first failure", one, "SSF", "cco");
        row("below the minimum", tests::countConfig(10, 5), "FFFF", "cccc");
        row("at the minimum", tests::countConfig(10, 5), "FFFFF", "cccco");
        row("at the minimum, by a success", tests::countConfig(10, 5), "FFFFS", "cccco");
        row("1 of 3 is below half", tests::countConfig(3, 3), "FSSS", "cccc");
        row("2 of 4 is half", tests::countConfig(4, 4), "FSSF", "ccco");
        row("the oldest leaves first", tests::countConfig(4, 4), "FSSSF", "ccccc");
        row("2 of 3 at two thirds", rates(tests::countConfig(3, 3), 2.0 / 3, 1), "FSF", "cco");
        row("1 of 3 at a third", rates(tests::countConfig(3, 3), 1.0 / 3, 1), "SSF", "cco");
        row("2 of 3 at 0.7", rates(tests::countConfig(3, 3), 0.7, 1), "FSF", "ccc");
        row("3 of 10 at 0.3", rates(tests::countConfig(10, 10), 0.3, 1), "SFSFSSSFSS", "ccccccccco");
        row("2 of 10 at 0.3", rates(tests::countConfig(10, 10), 0.3, 1), "SFSFSSSSSS", "cccccccccc");
        row("all must fail", rates(tests::countConfig(3, 3), 1, 1), "FFSFFF", "ccccco");
        row("half of them slow", tests::countConfig(4, 4), "sSSs", "ccco");
        row("slow and failed counts for both, once each", tests::countConfig(4, 4), "fSSS", "cccc");
        row("one slow, one failed: neither rate", tests::countConfig(4, 4), "sFSS", "cccc");
        row("time window", tests::timedConfig(10s, 4), "FSSF", "ccco");
        row("time window, below the minimum", tests::timedConfig(10s, 4), "FFF", "ccc");
    }
    void numbers()
    {
        QFETCH(CircuitBreakerConfig, config);
        QFETCH(QString, letters);
        CircuitBreaker breaker(config);
        QTEST(tests::statesAfterCalls(breaker, qPrintable(letters), at(5s)), "states");
    }

    void trialsGiven()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, at(20s));
        QVERIFY(breaker.tryAcquire(at(20s)).permitted());
        QVERIFY(breaker.tryAcquire(at(20s)).permitted());
        QCOMPARE(breaker.tryAcquire(at(20s)).rejection, Rejection::TrialsTaken);
        QCOMPARE(breaker.view(at(20s)).trialsGiven, 2U);
    }

    // A bucket leaves the window when its start is one duration old, for the first and the last instant in it.
    void timeWindow_data()
    {
        QTest::addColumn<qint64>("duration");
        for (const qint64 duration :
             {10'000'000'000LL, 1'000'000'000LL, 333'333'333LL, 1'001LL, 100LL, 19LL, 11LL, 10LL})
            QTest::addRow("%lld ns", static_cast<long long>(duration)) << duration;
    }
    void timeWindow()
    {
        QFETCH(qint64, duration);
        for (const qint64 cycle : {0, 1, 7}) {
            for (qint64 tenth = 0; tenth < 10; ++tenth) {
                const qint64 begin = cycle * duration + (tenth * duration + 9) / 10;
                const qint64 end = cycle * duration + ((tenth + 1) * duration + 9) / 10;
                for (const qint64 when : {begin, end - 1}) {
                    OutcomeWindow window({OutcomeWindowConfig::Kind::Timed, 1, Duration{duration}});
                    window.add(true, false, at(Duration{when}));
                    QCOMPARE(window.counts(at(Duration{begin + duration - 1})).failures, 1U);
                    QCOMPARE(window.counts(at(Duration{begin + duration})).failures, 0U);
                    QCOMPARE(window.counts(at(Duration{begin + duration + 1})).failures, 0U);
                }
            }
        }
    }

    void timeWindowOfTheBreaker_data() { offsets(); }
    void timeWindowOfTheBreaker()
    {
        QFETCH(qint64, offset);
        QFETCH(bool, over);
        CircuitBreaker breaker(tests::timedConfig(10s, 2));
        tests::call(breaker, Outcome::Failure, at(1s));
        const Time now = at(11s + Duration{offset});
        QCOMPARE(breaker.view(now).window.failures, over ? 0U : 1U);
        tests::call(breaker, Outcome::Failure, now);
        QCOMPARE(breaker.state(), over ? BreakerState::Closed : BreakerState::Open);
    }
};
REGISTER_TEST(BreakerLimitsTest)

#include "breaker_limits_test.moc"
