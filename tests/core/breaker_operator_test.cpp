// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {
constexpr Time kCommandAt = at(100s);
}

// The operator's hand: holds, new settings in a running breaker, and the two teaching faultyVariant.
class BreakerOperatorTest : public QObject {
    Q_OBJECT
private slots:
    void heldOpenRejectsUntilReleased()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::ForcedOpen, kCommandAt);
        QVERIFY(!breaker.tryAcquire(kCommandAt + std::chrono::hours{24 * 36525}));
        QCOMPARE(breaker.state(), BreakerState::ForcedOpen);
        QVERIFY(breaker.force(BreakerTrigger::Release, kTimeMax));
        QVERIFY(breaker.tryAcquire(kTimeMax));
    }

    void disabledPermitsAndRecordsNothing()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::Disabled, kCommandAt);
        const BreakerView before = breaker.view(kCommandAt);
        QCOMPARE(tests::statesAfterCalls(breaker, "FFFFFFFFfffSsIC", kCommandAt), QStringLiteral("ddddddddddddddd"));
        QCOMPARE(breaker.view(kCommandAt), before);
    }

    void metricsOnlyRecordsAndNeverOpens()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::MetricsOnly, kCommandAt, tests::countConfig(10, 3));
        QCOMPARE(tests::statesAfterCalls(breaker, "FFfFIS", kCommandAt), QStringLiteral("mmmmmm"));
        QCOMPARE(breaker.view(kCommandAt).window, (WindowCounts{5, 4, 1, 0}));
    }

    void releaseEndsOnlyHoldsAndStartsAfresh()
    {
        for (const BreakerState state : kBreakerStates) {
            CircuitBreaker breaker = tests::inState(state, kCommandAt);
            tests::calls(breaker, "I", kCommandAt);
            const bool held = state == BreakerState::ForcedOpen || state == BreakerState::Disabled
                              || state == BreakerState::MetricsOnly;
            QCOMPARE(breaker.force(BreakerTrigger::Release, kCommandAt), held);
            if (held)
                QCOMPARE(tests::statesAfterCalls(breaker, "FFF", kCommandAt), QStringLiteral("cco"));
        }
    }

    void openingByHandGrowsTheWaitLikeAnyOther()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.openDurationMultiplier = 2.0;
        CircuitBreaker breaker = tests::inState(BreakerState::Open, kCommandAt, config);
        QVERIFY(breaker.force(BreakerTrigger::ForceHalfOpen, kCommandAt));
        QVERIFY(breaker.force(BreakerTrigger::ForceOpen, kCommandAt));
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kCommandAt + 20s));
        QVERIFY(breaker.force(BreakerTrigger::ForceOpen, kCommandAt + 5s)); // open already: its wait begins anew
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kCommandAt + 25s));
    }

    // Who gives a command wants what follows to count from it, whatever state it is in by then.
    void commandsBeginAnewInTheSameState()
    {
        for (const auto &[state, command] : {std::pair{BreakerState::Closed, BreakerTrigger::ForceClosed},
                                             {BreakerState::Open, BreakerTrigger::ForceOpen},
                                             {BreakerState::HalfOpen, BreakerTrigger::ForceHalfOpen},
                                             {BreakerState::ForcedOpen, BreakerTrigger::HoldOpen},
                                             {BreakerState::Disabled, BreakerTrigger::Disable},
                                             {BreakerState::MetricsOnly, BreakerTrigger::WatchOnly}}) {
            CircuitBreaker breaker = tests::inState(state, kCommandAt);
            const uint64_t generation = breaker.generation();
            const uint32_t openings = breaker.view(kCommandAt).openingsInARow;
            const Permit out = breaker.tryAcquire(kCommandAt).permit; // of whatever it gives one
            const bool permitted =
                out.generation == generation && state != BreakerState::Open && state != BreakerState::ForcedOpen;
            breaker.onResult(breaker.tryAcquire(kCommandAt).permit, Outcome::Success, {}, kCommandAt);
            QVERIFY(breaker.force(command, kCommandAt + 1s));
            const BreakerView view = breaker.view(kCommandAt + 1s);
            QCOMPARE(view.state, state);
            QCOMPARE(view.generation, generation + 1);
            QCOMPARE(tests::ns(view.since), tests::ns(kCommandAt + 1s));
            QCOMPARE(view.window, WindowCounts{});
            QCOMPARE(view.trialsGiven + view.trialsSucceeded, 0U);
            QCOMPARE(view.openingsInARow, openings);
            if (permitted)
                QCOMPARE(breaker.onResult(out, Outcome::Failure, {}, kCommandAt + 1s), Recorded::Late);
        }
    }

    // The threshold counts from the command on.
    void closingWhatIsClosedForgetsItsFailures()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::Closed, kCommandAt);
        QCOMPARE(tests::statesAfterCalls(breaker, "FF", kCommandAt), QStringLiteral("cc"));
        QVERIFY(breaker.force(BreakerTrigger::ForceClosed, kCommandAt));
        QCOMPARE(tests::statesAfterCalls(breaker, "FFF", kCommandAt), QStringLiteral("cco"));
    }

    void newSettingsKeepTheState()
    {
        for (const BreakerState state : kBreakerStates) {
            CircuitBreaker breaker = tests::inState(state, kCommandAt);
            const uint64_t generation = breaker.generation();
            CircuitBreakerConfig config = tests::countConfig(20, 5);
            breaker.reconfigure(config, kCommandAt);
            QCOMPARE(breaker.state(), state);
            QCOMPARE(breaker.generation(), generation);
            QVERIFY(breaker.config() == config);
        }
    }

    void windowIsEmptiedOnlyByItsOwnSettings()
    {
        CircuitBreaker breaker(tests::countConfig(10, 10));
        tests::calls(breaker, "FFF", kCommandAt);
        CircuitBreakerConfig config = tests::countConfig(10, 4);
        breaker.reconfigure(config, kCommandAt);
        QCOMPARE(breaker.view(kCommandAt).window.failures, 3U);
        config.window.calls = 11;
        breaker.reconfigure(config, kCommandAt);
        QCOMPARE(breaker.view(kCommandAt).window, WindowCounts{});
    }

    // A lower threshold is judged at the next result, as every threshold is.
    void lowerThresholdDecidesAtTheNextResult()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.failureThreshold = 5;
        CircuitBreaker breaker(config);
        tests::calls(breaker, "FFF", kCommandAt);
        breaker.reconfigure(tests::smallConfig(), kCommandAt);
        QCOMPARE(breaker.state(), BreakerState::Closed);
        CircuitBreaker recovers = breaker;
        QCOMPARE(tests::statesAfterCalls(recovers, "S", kCommandAt), QStringLiteral("c"));
        QCOMPARE(tests::statesAfterCalls(breaker, "F", kCommandAt), QStringLiteral("o"));
    }

    void waitBecomesWhatTheNewSettingsSay()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        CircuitBreaker breaker = tests::inState(BreakerState::Open, kCommandAt, config);
        config.openDuration = 30s;
        breaker.reconfigure(config, kCommandAt + 2s);
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kCommandAt + 30s));
        QVERIFY(!breaker.tryAcquire(kCommandAt + 10s));
        config.openDuration = 5s; // over already
        breaker.reconfigure(config, kCommandAt + 12s);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QVERIFY(breaker.view(kCommandAt + 12s).halfOpenAllowed);
        QVERIFY(breaker.tryAcquire(kCommandAt + 12s).permit.trial);
    }

    void fewerTrialsThanSuccessesInCloses()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.halfOpenMaxCalls = 5;
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        tests::calls(breaker, "SSS", kCommandAt);
        const Permit out = breaker.tryAcquire(kCommandAt).permit;
        config.halfOpenMaxCalls = 4;
        breaker.reconfigure(config, kCommandAt);
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
        config.halfOpenMaxCalls = 2;
        breaker.reconfigure(config, kCommandAt + 1s);
        QCOMPARE(breaker.state(), BreakerState::Closed);
        QCOMPARE(tests::ns(breaker.view(kCommandAt + 1s).since), tests::ns(kCommandAt + 1s));
        QCOMPARE(breaker.onResult(out, Outcome::Failure, {}, kCommandAt + 1s), Recorded::Late);
    }

    // All trials that are in count, even when fewer would do by now.
    void fewerTrialsThanAreInUnderARate()
    {
        CircuitBreakerConfig config = tests::rateConfig(HalfOpenRule::Rate, 5);
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        tests::calls(breaker, "FSS", kCommandAt);
        CircuitBreaker other = breaker;
        config.halfOpenMaxCalls = 2;
        breaker.reconfigure(config, kCommandAt);
        QCOMPARE(breaker.state(), BreakerState::Closed); // 1 of 3, not 1 of 2
        config.halfOpenMaxCalls = 3;
        other.reconfigure(config, kCommandAt);
        QCOMPARE(other.state(), BreakerState::Closed);
    }

    void moreTrialsLetMoreThrough()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        breaker.tryAcquire(kCommandAt);
        breaker.tryAcquire(kCommandAt);
        QVERIFY(!breaker.tryAcquire(kCommandAt));
        config.halfOpenMaxCalls = 3;
        breaker.reconfigure(config, kCommandAt);
        QVERIFY(breaker.tryAcquire(kCommandAt));
        QVERIFY(!breaker.tryAcquire(kCommandAt));
    }

    void anotherRuleDecidesAtOnce()
    {
        CircuitBreakerConfig config = tests::rateConfig(HalfOpenRule::Rate, 4);
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        tests::calls(breaker, "FF", kCommandAt);
        config.halfOpenRule = HalfOpenRule::RateEarly;
        breaker.reconfigure(config, kCommandAt);
        QCOMPARE(breaker.state(), BreakerState::Open);
    }

    // A patience that would have ended in the past ends now: a setting does not change what has been.
    void shorterPatienceEndsNow()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.halfOpenMaxDuration = 60s;
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        QCOMPARE(breaker.view(kCommandAt + 20s).state, BreakerState::HalfOpen);
        config.halfOpenMaxDuration = 5s;
        breaker.reconfigure(config, kCommandAt + 20s);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(tests::ns(breaker.view(kCommandAt + 20s).since), tests::ns(kCommandAt + 20s));
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kCommandAt + 30s));
    }

    // The old patience was over before the new settings came.
    void expiredBeforeTheNewSettings()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        config.halfOpenMaxDuration = 0ns;
        breaker.reconfigure(config, kCommandAt + 6s);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(tests::ns(breaker.view(kCommandAt + 6s).since), tests::ns(kCommandAt + 4s));
    }

    void badSettingsChangeNothing()
    {
        for (const BreakerState state : kBreakerStates) {
            CircuitBreaker breaker = tests::inState(state, kCommandAt);
            const CircuitBreaker before = breaker;
            CircuitBreakerConfig config = tests::smallConfig();
            config.halfOpenMaxCalls = 0;
            QVERIFY_EXCEPTION_THROWN(breaker.reconfigure(config, kCommandAt + 60s), InvalidConfig);
            QCOMPARE(breaker, before);
        }
    }

    // Slip: the timer is not restarted after a failed trial, so the next call tries again at once.
    void slipWaitNotRestarted()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.faultyVariant.waitNotRestarted = true;
        CircuitBreaker breaker = tests::inState(BreakerState::Open, kCommandAt, config);
        QCOMPARE(tests::statesAfterCalls(breaker, "F", kCommandAt + 10s - 1ns), QStringLiteral("."));
        QCOMPARE(tests::statesAfterCalls(breaker, "FFF", kCommandAt + 10s), QStringLiteral("ooo")); // a trial each
        CircuitBreaker right = tests::inState(BreakerState::Open, kCommandAt);
        QCOMPARE(tests::statesAfterCalls(right, "FFF", kCommandAt + 10s), QStringLiteral("o.."));
        // Other ways of opening start a wait of their own.
        breaker.tryAcquire(kCommandAt + 10s);
        breaker.onDeadline(kCommandAt + 14s);
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kCommandAt + 24s));
    }

    // Slip: successes are counted instead of trials, so that a crowd gets through.
    void slipUnlimitedTrials()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.faultyVariant.unlimitedTrials = true;
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kCommandAt, config);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(breaker.tryAcquire(kCommandAt).permit.trial);
        QCOMPARE(breaker.view(kCommandAt).trialsGiven, 1000U);
        QCOMPARE(tests::statesAfterCalls(breaker, "SS", kCommandAt), QStringLiteral("hc"));
    }
};
REGISTER_TEST(BreakerOperatorTest)

#include "breaker_operator_test.moc"
