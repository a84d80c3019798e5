// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

constexpr Time kResultAt = at(100s);
constexpr Outcome kOutcomes[] = {Outcome::Success, Outcome::Failure, Outcome::Ignored, Outcome::Cancelled};
constexpr const char *kOutcomeNames[] = {"success", "failure", "ignored", "cancelled"};

void statesAndOutcomes()
{
    QTest::addColumn<BreakerState>("state");
    QTest::addColumn<Outcome>("outcome");
    for (const BreakerState state : kBreakerStates)
        for (const Outcome outcome : kOutcomes)
            QTest::addRow("%s, %s", name(state), kOutcomeNames[int(outcome)]) << state << outcome;
}

} // namespace

// What a reported result does, in each state: of this generation, of an older one, neutral ones.
class BreakerResultsTest : public QObject {
    Q_OBJECT
private slots:
    void ofThisGeneration_data() { statesAndOutcomes(); }
    void ofThisGeneration()
    {
        QFETCH(BreakerState, state);
        QFETCH(Outcome, outcome);
        CircuitBreaker breaker = tests::inState(state, kResultAt);
        const Decision decision = breaker.tryAcquire(kResultAt);
        const bool refuses = state == BreakerState::Open || state == BreakerState::ForcedOpen;
        QCOMPARE(decision.permitted(), !refuses);
        if (refuses)
            return;
        QCOMPARE(decision.permit.trial, state == BreakerState::HalfOpen);
        QCOMPARE(decision.permit.generation, breaker.generation());
        const BreakerView before = breaker.view(kResultAt);
        const Recorded recorded = breaker.onResult(decision.permit, outcome, 1s, kResultAt);

        const BreakerView after = breaker.view(kResultAt);
        if (state == BreakerState::Disabled) {
            QCOMPARE(recorded, Recorded::Nothing);
            QCOMPARE(after, before);
        } else if (isNeutral(outcome)) {
            QCOMPARE(recorded, Recorded::Neutral);
            QCOMPARE(after.state, state);
            QCOMPARE(after.window, before.window);
            QCOMPARE(after.trialsGiven, 0U);
        } else {
            QCOMPARE(recorded, Recorded::Counted);
            const bool trialFailed = state == BreakerState::HalfOpen && outcome == Outcome::Failure;
            QCOMPARE(after.state, trialFailed ? BreakerState::Open : state);
            QCOMPARE(after.window.calls, state == BreakerState::HalfOpen ? 0U : 1U);
        }
    }

    // Counted as late, and not one other thing.
    void ofAnOlderGeneration_data() { statesAndOutcomes(); }
    void ofAnOlderGeneration()
    {
        QFETCH(BreakerState, state);
        QFETCH(Outcome, outcome);
        CircuitBreaker fresh(tests::smallConfig());
        const Permit old = fresh.tryAcquire(at(1s)).permit;
        CircuitBreaker breaker = tests::inState(state, kResultAt);
        if (state == BreakerState::Closed) {
            breaker.force(BreakerTrigger::ForceOpen, kResultAt);
            breaker.force(BreakerTrigger::ForceClosed, kResultAt);
        }
        tests::call(breaker, Outcome::Success, kResultAt);
        BreakerView expected = breaker.view(kResultAt);
        for (uint64_t i = 0; i < 5; ++i) {
            QCOMPARE(breaker.onResult(old, outcome, 9s, kResultAt), Recorded::Late);
            ++expected.late;
            QCOMPARE(breaker.view(kResultAt), expected);
        }
    }

    void ofAnOlderHalfOpen()
    {
        CircuitBreaker breaker = tests::inState(BreakerState::HalfOpen, kResultAt);
        const Permit first = breaker.tryAcquire(kResultAt).permit;
        tests::call(breaker, Outcome::Failure, kResultAt);
        const Time again = *breaker.openUntil();
        const Permit second = breaker.tryAcquire(again).permit;
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
        QCOMPARE(breaker.onResult(first, Outcome::Failure, {}, again), Recorded::Late);
        QCOMPARE(breaker.onResult(second, Outcome::Success, {}, again), Recorded::Counted);
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    }

    // retry_after is a promise: 1 ns earlier is rejected, then it is permitted (nobody else asking or reporting).
    void retryAfterIsExact_data()
    {
        QTest::addColumn<bool>("halfOpen");
        QTest::addColumn<double>("multiplier");
        QTest::addColumn<qint64>("later");
        for (const bool halfOpen : {false, true})
            for (const double multiplier : {1.0, 1.7, 10.0})
                for (const qint64 later : {0LL, 1LL, 1'234'567'891LL, 3'999'999'999LL})
                    QTest::addRow("%s, x %g, after %lld ns", halfOpen ? "trials taken" : "open", multiplier,
                                  static_cast<long long>(later))
                        << halfOpen << multiplier << later;
    }
    void retryAfterIsExact()
    {
        QFETCH(bool, halfOpen);
        QFETCH(double, multiplier);
        QFETCH(qint64, later);
        CircuitBreakerConfig config = tests::smallConfig();
        config.openDurationMultiplier = multiplier;
        CircuitBreaker breaker =
            tests::inState(halfOpen ? BreakerState::HalfOpen : BreakerState::Open, kResultAt, config);
        const Time now = kResultAt + Duration{later};
        for (int i = 0; halfOpen && i < 2; ++i)
            QVERIFY(breaker.tryAcquire(now));
        for (int round = 0; round < 4; ++round) {
            const Decision decision = breaker.tryAcquire(now);
            QCOMPARE(decision.rejection, halfOpen ? Rejection::TrialsTaken : Rejection::Open);
            QVERIFY(decision.retryAfter && *decision.retryAfter > 0ns);
            CircuitBreaker early = breaker;
            QVERIFY(!early.tryAcquire(now + *decision.retryAfter - 1ns));
            CircuitBreaker patient = breaker;
            QVERIFY(patient.tryAcquire(now + *decision.retryAfter));
            // Having asked too early costs nothing.
            QVERIFY(early.tryAcquire(now + *decision.retryAfter));
        }
    }

    void rejectionsThatPromiseNothing()
    {
        CircuitBreaker held = tests::inState(BreakerState::ForcedOpen, kResultAt);
        for (const Time now : {kResultAt, kResultAt + 10s, kTimeMax}) {
            const Decision decision = held.tryAcquire(now);
            QCOMPARE(decision.rejection, Rejection::ForcedOpen);
            QVERIFY(!decision.retryAfter);
        }
    }

    // The view keeps the numbers that moved the state, after the counters themselves are cleared.
    void whyItOpened()
    {
        CircuitBreaker breaker(tests::countConfig(4, 4));
        tests::calls(breaker, "SfSF", kResultAt);
        const BreakerView view = breaker.view(kResultAt);
        QCOMPARE(view.state, BreakerState::Open);
        QCOMPARE(view.lastTrigger, std::optional{BreakerTrigger::ThresholdReached});
        QCOMPARE(view.lastWindow, (WindowCounts{4, 2, 1, 1}));
        QCOMPARE(view.window, WindowCounts{});
        QCOMPARE(tests::ns(view.since), tests::ns(kResultAt));
    }

    void slowSuccessesOpenIt()
    {
        CircuitBreaker breaker(tests::countConfig(10, 4));
        QCOMPARE(tests::statesAfterCalls(breaker, "SsSs", kResultAt), QStringLiteral("ccco"));
        CircuitBreaker consecutive(tests::smallConfig());
        QCOMPARE(tests::statesAfterCalls(consecutive, "ssssssss", kResultAt), QStringLiteral("cccccccc"));
    }

    void manySuccessesAtOnce()
    {
        for (const uint32_t failures : {0U, 2U}) {
            CircuitBreaker one = tests::inState(BreakerState::Closed, kResultAt);
            QVERIFY(one.ignoresTime());
            for (uint32_t i = 0; i < failures; ++i)
                one.onResult(one.tryAcquire(kResultAt).permit, Outcome::Failure, 1s, kResultAt);
            CircuitBreaker other = one;
            const Permit permit = one.tryAcquire(kResultAt).permit;
            for (int i = 0; i < 7; ++i)
                one.onResult(permit, Outcome::Success, 1s, kResultAt);
            other.onSuccesses(7);
            QCOMPARE(other, one);
            QCOMPARE(other.view(kResultAt).window, (WindowCounts{failures + 7, 0, 0, 0}));
        }
    }

    void ignoresTimeOnlyWhereNoAnswerDependsOnIt()
    {
        for (const BreakerState state : kBreakerStates)
            QCOMPARE(tests::inState(state, kResultAt).ignoresTime(), state == BreakerState::Closed);
        QVERIFY(!CircuitBreaker(tests::countConfig(10, 5)).ignoresTime());
        QVERIFY(!CircuitBreaker(tests::timedConfig(10s, 5)).ignoresTime());
    }
};
REGISTER_TEST(BreakerResultsTest)

#include "breaker_results_test.moc"
