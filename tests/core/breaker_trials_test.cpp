// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {
constexpr Time kTrialsAt = at(100s);
constexpr const char *kRuleNames[] = {"all succeed", "rate", "rate early"};
} // namespace

// Half-open: who gets through, how the trials are judged, and what happens to those that never end.
class BreakerTrialsTest : public QObject {
    Q_OBJECT
private slots:
    void rules_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addColumn<quint32>("trials");
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("states");
        const auto row = [](HalfOpenRule rule, quint32 trials, const char *letters, const char *states) {
            QTest::addRow("%s of %u: %s", kRuleNames[int(rule)], trials, letters)
                << int(rule) << trials << QString::fromLatin1(letters) << QString::fromLatin1(states);
        };
        using enum HalfOpenRule;
        row(AllSucceed, 1, "S", "c");
        row(AllSucceed, 1, "F.", "o.");
        row(AllSucceed, 3, "SSS", "hhc");
        row(AllSucceed, 3, "SSF.", "hho.");
        row(AllSucceed, 3, "F.", "o.");
        row(AllSucceed, 3, "sss", "hhc"); // a window of failures in a row knows no slow calls
        row(AllSucceed, 2, "IICCSIS", "hhhhhhc");
        row(Rate, 4, "FFSF.", "hhho.");
        row(Rate, 4, "FSSS", "hhhc");
        row(Rate, 4, "FSSF.", "hhho.");
        row(Rate, 4, "FFFF.", "hhho.");
        row(Rate, 4, "SSSs", "hhhc");
        row(Rate, 4, "sSsS.", "hhho.");
        row(Rate, 4, "sSFS", "hhhc");
        row(Rate, 4, "FISCSIS", "hhhhhhc");
        row(RateEarly, 4, "FF.", "ho.");
        row(RateEarly, 4, "FSF.", "hho.");
        row(RateEarly, 4, "SSS", "hhc");
        row(RateEarly, 4, "FSSS", "hhhc");
        row(RateEarly, 4, "FSSF.", "hhho.");
        row(RateEarly, 4, "ss.", "ho.");
        row(RateEarly, 4, "sFS", "hhh"); // one slow, one failed: the last may still make either half
        row(RateEarly, 4, "sFSS", "hhhc");
        row(RateEarly, 1, "S", "c");
        row(RateEarly, 1, "F.", "o.");
        row(RateEarly, 3, "F", "h");
        row(RateEarly, 3, "FF.", "ho.");
        row(RateEarly, 3, "SS", "hc"); // one of three at most: below half
    }
    void rules()
    {
        QFETCH(int, rule);
        QFETCH(quint32, trials);
        QFETCH(QString, letters);
        const QString asked = QString(letters).replace(u'.', u'S'); // a call that finds it open
        CircuitBreaker breaker =
            tests::inState(BreakerState::HalfOpen, kTrialsAt, tests::rateConfig(HalfOpenRule(rule), trials));
        QTEST(tests::statesAfterCalls(breaker, qPrintable(asked), kTrialsAt), "states");
    }

    // Where the window counts slow calls, what slowness opened does not close on slow trials, whatever the rule.
    void slowTrials_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addColumn<double>("slowRate");
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("states");
        const auto row = [](HalfOpenRule rule, double slowRate, const char *letters, const char *states) {
            QTest::addRow("%s, %g slow: %s", kRuleNames[int(rule)], slowRate, letters)
                << int(rule) << slowRate << QString::fromLatin1(letters) << QString::fromLatin1(states);
        };
        using enum HalfOpenRule;
        for (const double slowRate : {0.5, 1.0}) {
            row(AllSucceed, slowRate, "s.", "o.");
            row(AllSucceed, slowRate, "SSs.", "hho.");
            row(AllSucceed, slowRate, "f.", "o.");
            row(AllSucceed, slowRate, "SSS", "hhc");
            row(Rate, slowRate, "sss.", "hho.");
            row(Rate, slowRate, "sSS", "hhc"); // a share that would not have opened it
        }
        row(Rate, 0.5, "ssS.", "hho.");
        row(Rate, 0.5, "Sss.", "hho.");
        row(Rate, 0.5, "sfS.", "hho."); // a third failed, two thirds were slow
        row(RateEarly, 0.5, "ss.", "ho.");
        row(RateEarly, 0.5, "Sss.", "hho.");
        row(RateEarly, 0.5, "sSS", "hhc");
        row(RateEarly, 1.0, "sss.", "hho.");
        row(RateEarly, 1.0, "ssS", "hhc"); // the first two might all have been slow yet
        row(RateEarly, 1.0, "SS", "hc");
    }
    void slowTrials()
    {
        QFETCH(int, rule);
        QFETCH(double, slowRate);
        QFETCH(QString, letters);
        for (CircuitBreakerConfig config : {tests::countConfig(4, 4), tests::timedConfig(10s, 4)}) {
            config.slowCallRateThreshold = Ratio::of(slowRate);
            config.halfOpenRule = HalfOpenRule(rule);
            config.halfOpenMaxCalls = 3;
            CircuitBreaker breaker(config);
            QCOMPARE(tests::statesAfterCalls(breaker, "ssss", kTrialsAt), QStringLiteral("ccco"));
            QTEST(tests::statesAfterCalls(breaker, qPrintable(QString(letters).replace(u'.', u'S')),
                                          kTrialsAt + config.openDuration),
                  "states");
        }
    }

    // Trials run side by side; the rule is applied in the order in which they end.
    void trialsSideBySide()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt);
        const Permit a = breaker.tryAcquire(kTrialsAt).permit;
        const Permit b = breaker.tryAcquire(kTrialsAt).permit;
        QVERIFY(a.trial && b.trial);
        QCOMPARE(breaker.onResult(b, Outcome::Success, 1s, kTrialsAt + 1s), Recorded::Counted);
        QCOMPARE(breaker.tryAcquire(kTrialsAt + 1s).rejection, Rejection::TrialsTaken); // an ended trial leaves no room
        QCOMPARE(breaker.onResult(a, Outcome::Failure, 2s, kTrialsAt + 2s), Recorded::Counted);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kTrialsAt + 12s));
        QCOMPARE(breaker.view(kTrialsAt + 2s).lastTrialsSucceeded, 1U);
        QCOMPARE(breaker.view(kTrialsAt + 2s).lastTrialsFailed, 1U);
    }

    void failedTrialLeavesItsSiblingsLate()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt);
        const Permit a = breaker.tryAcquire(kTrialsAt).permit;
        const Permit b = breaker.tryAcquire(kTrialsAt).permit;
        breaker.onResult(a, Outcome::Failure, {}, kTrialsAt);
        QCOMPARE(breaker.onResult(b, Outcome::Success, {}, kTrialsAt), Recorded::Late);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(breaker.view(kTrialsAt).late, 1U);
    }

    void droppedPermitIsGivenBack_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("cancelled") << Outcome::Cancelled;
        QTest::newRow("ignored") << Outcome::Ignored;
    }
    void droppedPermitIsGivenBack()
    {
        QFETCH(Outcome, outcome);
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt);
        const Permit a = breaker.tryAcquire(kTrialsAt).permit;
        breaker.tryAcquire(kTrialsAt);
        QVERIFY(!breaker.tryAcquire(kTrialsAt));
        QCOMPARE(breaker.onResult(a, outcome, 3s, kTrialsAt), Recorded::Neutral);
        QCOMPARE(breaker.view(kTrialsAt).trialsGiven, 1U);
        QCOMPARE(breaker.view(kTrialsAt).trialsSlow, 0U);
        QVERIFY(breaker.tryAcquire(kTrialsAt));
        QVERIFY(!breaker.tryAcquire(kTrialsAt));
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    }

    void trialThatNeverEnds()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt);
        const Permit lost = breaker.tryAcquire(kTrialsAt).permit;
        breaker.tryAcquire(kTrialsAt);
        QCOMPARE(tests::ns(breaker.tryAcquire(kTrialsAt + 1s).retryAfter), tests::ns(Duration{3s + 10s}));
        QVERIFY(!breaker.tryAcquire(kTrialsAt + 14s - 1ns));
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(breaker.view(kTrialsAt + 13s).lastTrigger, std::optional{BreakerTrigger::TrialsExpired});
        QCOMPARE(tests::ns(breaker.view(kTrialsAt + 13s).since), tests::ns(kTrialsAt + 4s));
        QVERIFY(breaker.tryAcquire(kTrialsAt + 14s).permit.trial);
        QCOMPARE(breaker.onResult(lost, Outcome::Failure, 14s, kTrialsAt + 14s), Recorded::Late);
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    }

    // Asked for, it waits for ever: no deadline, and nothing to promise to a rejected caller.
    void patienceForEver()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.halfOpenMaxDuration = 0ns;
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt, config);
        const Permit permit = breaker.tryAcquire(kTrialsAt).permit;
        breaker.tryAcquire(kTrialsAt);
        QVERIFY(!breaker.nextDeadline());
        const Time later = kTrialsAt + std::chrono::hours{24 * 36525};
        const Decision decision = breaker.tryAcquire(later);
        QCOMPARE(decision.rejection, Rejection::TrialsTaken);
        QVERIFY(!decision.retryAfter);
        QCOMPARE(breaker.onResult(permit, Outcome::Failure, {}, later), Recorded::Counted);
        QCOMPARE(breaker.state(), BreakerState::Open);
    }

    void patienceIsTheOpenDurationByDefault()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.halfOpenMaxDuration.reset();
        const CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt, config);
        QCOMPARE(tests::ns(breaker.nextDeadline()), tests::ns(kTrialsAt + 10s));
    }

    void openTimeGrowsAndResetsOnClose()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.openDuration = 1s;
        config.openDurationMultiplier = 2.0;
        config.maxOpenDuration = 5s;
        CircuitBreaker breaker(config);
        Time now = kTrialsAt;
        tests::calls(breaker, "FFF", now);
        uint32_t k = 0;
        for (const Duration wait : {1s, 2s, 4s, 5s, 5s, 5s}) {
            QCOMPARE(breaker.view(now).openingsInARow, ++k);
            QCOMPARE(tests::ns(*breaker.openUntil() - now), tests::ns(wait));
            now = *breaker.openUntil();
            tests::calls(breaker, k % 2 == 0 ? "F" : "SF", now);
        }
        now = *breaker.openUntil();
        tests::calls(breaker, "SS", now);
        QCOMPARE(breaker.state(), BreakerState::Closed);
        QCOMPARE(breaker.view(now).openingsInARow, 0U);
        tests::calls(breaker, "FFF", now);
        QCOMPARE(tests::ns(*breaker.openUntil() - now), tests::ns(Duration{1s}));
    }

    // An expired half-open is an opening like any other, and the promise to a rejected caller knows how long it lasts.
    void openTimeGrowsByExpiry()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.openDurationMultiplier = 3.0;
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kTrialsAt, config);
        breaker.tryAcquire(kTrialsAt);
        breaker.tryAcquire(kTrialsAt);
        QCOMPARE(tests::ns(breaker.tryAcquire(kTrialsAt).retryAfter), tests::ns(Duration{4s + 30s}));
        breaker.onDeadline(kTrialsAt + 4s);
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kTrialsAt + 34s));
    }

    void openWaitInNumbers_data()
    {
        QTest::addColumn<qint64>("open");
        QTest::addColumn<double>("multiplier");
        QTest::addColumn<qint64>("longest"); // -1 = not given
        QTest::addColumn<quint32>("k");
        QTest::addColumn<qint64>("wait");
        const qint64 hour = ns_(std::chrono::hours{1});
        QTest::newRow("first") << ns_(5s) << 1.5 << qint64(-1) << 1U << ns_(5s);
        QTest::newRow("second") << ns_(5s) << 1.5 << qint64(-1) << 2U << ns_(7500ms);
        QTest::newRow("third") << ns_(5s) << 1.5 << qint64(-1) << 3U << ns_(11250ms);
        QTest::newRow("no growth") << ns_(5s) << 1.0 << qint64(-1) << 4'000'000'000U << ns_(5s);
        QTest::newRow("an hour by default") << ns_(5s) << 2.0 << qint64(-1) << 30U << hour;
        QTest::newRow("longer than an hour") << 2 * hour << 2.0 << qint64(-1) << 30U << 2 * hour;
        QTest::newRow("at the cap") << ns_(1s) << 2.0 << ns_(8s) << 4U << ns_(8s);
        QTest::newRow("over the cap") << ns_(1s) << 2.0 << ns_(7s) << 4U << ns_(7s);
        QTest::newRow("the first, to the nanosecond")
            << (1LL << 53) + 1 << 2.0 << tests::ns(kDurationMax) << 1U << (1LL << 53) + 1;
        QTest::newRow("saturates") << ns_(5s) << 1000.0 << tests::ns(kDurationMax) << 0xFFFFFFFFU
                                   << tests::ns(kDurationMax);
        QTest::newRow("no opening yet") << ns_(5s) << 1000.0 << qint64(-1) << 0U << ns_(5s);
    }
    void openWaitInNumbers()
    {
        QFETCH(qint64, open);
        QFETCH(double, multiplier);
        QFETCH(qint64, longest);
        QFETCH(quint32, k);
        CircuitBreakerConfig config;
        config.openDuration = Duration{open};
        config.openDurationMultiplier = multiplier;
        if (longest >= 0)
            config.maxOpenDuration = Duration{longest};
        QVERIFY(!config.validate());
        QTEST(tests::ns(config.openWait(k)), "wait");
    }

private:
    static qint64 ns_(Duration d) { return d.count(); }
};
REGISTER_TEST(BreakerTrialsTest)

#include "breaker_trials_test.moc"
