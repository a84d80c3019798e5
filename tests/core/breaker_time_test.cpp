// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/core/hundred_years.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kHundredYears;

namespace {

using Operation = std::function<void(CircuitBreaker &, Time)>;

const struct {
    const char *title;
    Operation run;
} kOperations[] = {
    {"tryAcquire", [](CircuitBreaker &b, Time now) { b.tryAcquire(now); }},
    {"success", [](CircuitBreaker &b, Time now) { tests::call(b, Outcome::Success, now); }},
    {"failure", [](CircuitBreaker &b, Time now) { tests::call(b, Outcome::Failure, now); }},
    {"cancelled", [](CircuitBreaker &b, Time now) { tests::call(b, Outcome::Cancelled, now); }},
    {"late failure",
     [](CircuitBreaker &b, Time now) {
         b.onResult({99, false}, Outcome::Failure, {}, now);
     }},
    {"onDeadline", [](CircuitBreaker &b, Time now) { b.onDeadline(now); }},
    {"force open", [](CircuitBreaker &b, Time now) { b.force(BreakerTrigger::ForceOpen, now); }},
    {"force half-open", [](CircuitBreaker &b, Time now) { b.force(BreakerTrigger::ForceHalfOpen, now); }},
    {"hold open", [](CircuitBreaker &b, Time now) { b.force(BreakerTrigger::HoldOpen, now); }},
    {"reconfigure", [](CircuitBreaker &b, Time now) { b.reconfigure(tests::rateConfig(HalfOpenRule::Rate, 3), now); }},
};

void statesAndOperations()
{
    QTest::addColumn<BreakerState>("state");
    QTest::addColumn<int>("operation");
    for (const BreakerState state : kBreakerStates)
        for (size_t i = 0; i < std::size(kOperations); ++i)
            QTest::addRow("%s, %s", name(state), kOperations[i].title) << state << int(i);
}

} // namespace

class BreakerTimeTest : public QObject {
    Q_OBJECT
private slots:
    // A `now` before the latest one counts as that one, at every operation in every state.
    void goingBack_data() { statesAndOperations(); }
    void goingBack()
    {
        QFETCH(BreakerState, state);
        QFETCH(int, operation);
        const Time now = at(1000s);
        for (const auto &config : {tests::smallConfig(), tests::timedConfig(10s, 2)}) {
            CircuitBreaker there = tests::inState(state, now, config);
            tests::call(there, Outcome::Failure, now);
            CircuitBreaker straight = there;
            kOperations[operation].run(straight, now);
            for (const Time back : {now - 1ns, at(999s), at(990s), kTimeZero, at(-5s), Time::min()}) {
                CircuitBreaker breaker = there;
                QCOMPARE(breaker.view(back), there.view(now));
                kOperations[operation].run(breaker, back);
                QCOMPARE(breaker, straight);
            }
        }
    }

    void lookingChangesNothing_data() { statesAndOperations(); }
    void lookingChangesNothing()
    {
        QFETCH(BreakerState, state);
        QFETCH(int, operation);
        const Time now = at(1000s);
        for (const auto &config : {tests::smallConfig(), tests::timedConfig(10s, 2), tests::countConfig(5, 5)}) {
            CircuitBreaker breaker = tests::inState(state, now, config);
            tests::call(breaker, Outcome::Failure, now);
            const CircuitBreaker before = breaker;
            for (const Duration later : {0ns, 1ns, Duration{4s}, Duration{10s}, kHundredYears}) {
                const BreakerView once = breaker.view(now + later);
                QCOMPARE(breaker.view(now + later), once);
                breaker.nextDeadline();
                breaker.openUntil();
            }
            QCOMPARE(breaker, before);
            // Having been looked at makes no difference to what comes next either.
            CircuitBreaker unseen = before;
            kOperations[operation].run(breaker, now + 3s);
            kOperations[operation].run(unseen, now + 3s);
            QCOMPARE(breaker, unseen);
        }
    }

    // A copy is a checkpoint: the same operations lead to an equal breaker, and leave the original alone.
    void copyIsACheckpoint_data() { statesAndOperations(); }
    void copyIsACheckpoint()
    {
        QFETCH(BreakerState, state);
        QFETCH(int, operation);
        CircuitBreaker original = tests::inState(state, at(50s), tests::countConfig(40, 4));
        CircuitBreaker copy = original;
        const CircuitBreaker kept = original;
        const auto run = [&](CircuitBreaker &breaker) {
            for (int i = 0; i < 20; ++i)
                kOperations[(size_t(operation) + size_t(i) * size_t(i)) % std::size(kOperations)].run(breaker,
                                                                                                      at(51s + i * 3s));
        };
        run(copy);
        QCOMPARE(original, kept);
        QVERIFY(copy != kept);
        run(original);
        QCOMPARE(original, copy);
    }

    void smallestGapMovesNothing()
    {
        for (const BreakerState state : kBreakerStates) {
            CircuitBreaker breaker = tests::inState(state, at(50s));
            const BreakerView before = breaker.view(at(50s));
            breaker.onDeadline(at(50s + 1ns));
            QCOMPARE(breaker.view(at(50s + 1ns)), before);
        }
    }

    void hundredYearsIdle()
    {
        CircuitBreaker closed(tests::timedConfig(10s, 2));
        tests::call(closed, Outcome::Failure, at(1s));
        const Time later = at(1s + kHundredYears);
        QCOMPARE(closed.view(later).window.calls, 0U);
        tests::call(closed, Outcome::Failure, later);
        QCOMPARE(closed.state(), BreakerState::Closed);
        tests::call(closed, Outcome::Failure, later);
        QCOMPARE(closed.state(), BreakerState::Open);

        CircuitBreaker consecutive(tests::smallConfig());
        tests::calls(consecutive, "FF", at(1s));
        tests::calls(consecutive, "F", later);
        QCOMPARE(consecutive.state(), BreakerState::Open); // a row of failures has no age

        CircuitBreaker open = tests::inState(BreakerState::Open, at(1s));
        open.onDeadline(later);
        QCOMPARE(open.state(), BreakerState::Open); // only a call moves it
        QVERIFY(open.tryAcquire(later).permit.trial);

        // Half-open ran out in the first seconds; the next call finds the wait long over and is a trial again.
        CircuitBreaker halfOpen = tests::inState(BreakerState::HalfOpen, at(50s));
        const uint64_t generation = halfOpen.generation();
        QVERIFY(halfOpen.tryAcquire(later).permit.trial);
        QCOMPARE(halfOpen.generation(), generation + 2);
        QCOMPARE(tests::ns(halfOpen.view(later).since), tests::ns(later));
    }

    // "Never" must not wrap around into the past.
    void largestDurations()
    {
        CircuitBreakerConfig config = tests::smallConfig();
        config.openDuration = kDurationMax;
        config.halfOpenMaxDuration = kDurationMax;
        config.slowCallDuration = kDurationMax;
        CircuitBreaker breaker = tests::inState(BreakerState::Open, at(5s), config);
        QCOMPARE(tests::ns(breaker.openUntil()), tests::ns(kTimeMax));
        QCOMPARE(tests::ns(breaker.tryAcquire(at(6s)).retryAfter), tests::ns(kDurationMax - 6s));
        QVERIFY(!breaker.tryAcquire(kTimeMax - 1ns));
        QVERIFY(breaker.tryAcquire(kTimeMax));
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
        QCOMPARE(tests::ns(breaker.nextDeadline()), tests::ns(kTimeMax));

        CircuitBreaker trials = tests::inState(BreakerState::Closed, at(5s), config);
        trials.force(BreakerTrigger::ForceHalfOpen, at(5s));
        QVERIFY(trials.tryAcquire(at(5s)));
        QVERIFY(trials.tryAcquire(at(5s)));
        QCOMPARE(tests::ns(trials.tryAcquire(at(6s)).retryAfter), tests::ns(kDurationMax - 6s));
        tests::call(trials, Outcome::Success, at(6s), kDurationMax);
        QCOMPARE(trials.view(at(6s)).trialsSlow, 0U);
    }

    void largestWindow()
    {
        CircuitBreaker breaker(tests::timedConfig(kDurationMax, 2));
        tests::call(breaker, Outcome::Failure, at(1s));
        QCOMPARE(breaker.view(kTimeMax - 1ns).window.failures, 1U);
        tests::call(breaker, Outcome::Failure, kTimeMax - 1ns);
        QCOMPARE(breaker.state(), BreakerState::Open);
    }
};
REGISTER_TEST(BreakerTimeTest)

#include "breaker_time_test.moc"
