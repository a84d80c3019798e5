// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/shared_circuit_breaker.h"
#include "tests/core/breaker_actions.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <algorithm>
#include <atomic>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::BreakerPermit;
using runtime::SharedCircuitBreaker;

namespace {

CircuitBreakerConfig threeTrials()
{
    CircuitBreakerConfig config;
    config.failureThreshold = 1;
    config.openDuration = 10s;
    config.halfOpenMaxCalls = 3;
    return config;
}

// Does to the shared breaker what was done to the plain one. Its clock does not go back: the plain one is told of an
// earlier time and takes it for the latest, and a clock that is not always read must show that itself.
class Follower {
public:
    explicit Follower(const CircuitBreakerConfig &config) : m_breaker(config, m_clock.clock()) {}

    tests::Answer follow(const tests::Step &step)
    {
        m_clock.set(std::max(m_clock.now(), step.now));
        tests::Answer answer;
        switch (step.kind) {
        case tests::Action::Kind::Acquire: {
            BreakerPermit permit = m_breaker.tryAcquire();
            answer.decision = permit.decision();
            if (permit)
                m_permits.push_back(std::move(permit));
            break;
        }
        case tests::Action::Kind::Report: {
            const auto found = std::ranges::find_if(
                m_permits, [&](const BreakerPermit &permit) { return permit.decision().permit == step.permit; });
            RC_ASSERT(found != m_permits.end());
            BreakerPermit permit = std::move(*found);
            m_permits.erase(found);
            answer.recorded = permit.report(step.outcome, step.took);
            RC_ASSERT(permit.report(step.outcome) == Recorded::Nothing);
            break;
        }
        case tests::Action::Kind::Force:
            answer.forced = m_breaker.force(step.trigger);
            break;
        case tests::Action::Kind::Reconfigure:
            m_breaker.reconfigure(step.config);
            break;
        case tests::Action::Kind::Wake:
            m_breaker.onDeadline();
            break;
        }
        return answer;
    }

    // As it would be had it read the clock at every step.
    CircuitBreaker core() const
    {
        CircuitBreaker core = m_breaker.checkpoint();
        core.onDeadline(m_clock.now());
        return core;
    }
    BreakerView view() const { return m_breaker.view(); }

private:
    tests::ManualClock m_clock{kTimeZero};
    SharedCircuitBreaker m_breaker;
    std::vector<BreakerPermit> m_permits;
};

} // namespace

class SharedCircuitBreakerTest : public QObject {
    Q_OBJECT
private slots:
    void answersAsThePlainOne()
    {
        QVERIFY(rc::check("the same operations, the same answers", [](const tests::Plan &plan) {
            Follower follower(plan.config);
            tests::play(plan, [&](const tests::Moment &moment) {
                RC_ASSERT(follower.follow(moment.step) == moment.answer);
                RC_ASSERT(follower.core() == moment.after);
                RC_ASSERT(follower.view() == moment.after.view(moment.step.now));
            });
        }));
    }

    // Looking tells the core what it has yet to hear of; so here nobody looks before the end.
    void answersAsThePlainOneUnobserved()
    {
        QVERIFY(rc::check("the same operations, the same answers and the same end", [](const tests::Plan &plan) {
            Follower follower(plan.config);
            CircuitBreaker last(plan.config);
            tests::play(plan, [&](const tests::Moment &moment) {
                RC_ASSERT(follower.follow(moment.step) == moment.answer);
                last = moment.after;
            });
            RC_ASSERT(follower.core() == last);
        }));
    }

    void successesInARowNeedNeitherClockNorLook()
    {
        std::atomic<int> reads = 0;
        runtime::Clock clock;
        clock.now = [&] {
            ++reads;
            return at(1h);
        };
        SharedCircuitBreaker breaker({}, clock);
        const int before = reads;
        for (int i = 0; i < 100; ++i) {
            BreakerPermit permit = breaker.tryAcquire();
            QVERIFY(permit);
            QCOMPARE(permit.report(i % 10 == 9 ? Outcome::Ignored : Outcome::Success),
                     i % 10 == 9 ? Recorded::Neutral : Recorded::Counted);
        }
        QCOMPARE(reads.load(), before);
        QCOMPARE(breaker.view().window, (WindowCounts{90, 0, 0, 0}));
        for (int i = 0; i < 4; ++i)
            breaker.tryAcquire().report(Outcome::Failure);
        QCOMPARE(breaker.view().window, (WindowCounts{94, 4, 0, 4}));
        breaker.tryAcquire().report(Outcome::Success);
        QCOMPARE(breaker.view().window, (WindowCounts{95, 0, 0, 0}));
        for (int i = 0; i < 5; ++i)
            breaker.tryAcquire().report(Outcome::Failure);
        QCOMPARE(breaker.view().state, BreakerState::Open);
        QVERIFY(breaker.view().since == at(1h));
    }

    void anOldPermitIsLate()
    {
        tests::ManualClock clock;
        SharedCircuitBreaker breaker(threeTrials(), clock.clock());
        BreakerPermit old = breaker.tryAcquire();
        QVERIFY(breaker.force(BreakerTrigger::ForceOpen));
        QVERIFY(breaker.force(BreakerTrigger::ForceClosed));
        BreakerPermit kept = breaker.tryAcquire();
        QCOMPARE(old.report(Outcome::Success), Recorded::Late);
        QCOMPARE(kept.report(Outcome::Success), Recorded::Counted);
        QCOMPARE(breaker.view().late, uint64_t{1});
        QCOMPARE(breaker.view().window.calls, 1u);
    }

    // The time at which this permit was given was not asked for, as nobody was interested in slow calls.
    void aWindowOfAnotherKindMeanwhile()
    {
        tests::ManualClock clock;
        CircuitBreakerConfig config;
        SharedCircuitBreaker breaker(config, clock.clock());
        BreakerPermit permit = breaker.tryAcquire();
        config.window.kind = OutcomeWindowConfig::Kind::Count;
        breaker.reconfigure(config);
        clock.advance(config.slowCallDuration + 1ns);
        QCOMPARE(permit.report(Outcome::Success), Recorded::Counted);
        QCOMPARE(breaker.view().window, (WindowCounts{1, 0, 0, 0}));
    }

    void aDroppedPermitIsCancelled()
    {
        tests::ManualClock clock;
        SharedCircuitBreaker breaker(threeTrials(), clock.clock());
        breaker.tryAcquire().report(Outcome::Failure);
        QVERIFY(!breaker.tryAcquire());
        clock.advance(10s);
        {
            const BreakerPermit trial = breaker.tryAcquire();
            QVERIFY(trial);
            QCOMPARE(breaker.view().trialsGiven, 1u);
        }
        QCOMPARE(breaker.view().trialsGiven, 0u);
        BreakerPermit kept = breaker.tryAcquire();
        BreakerPermit moved = std::move(kept);
        QCOMPARE(breaker.view().trialsGiven, 1u);
        moved = breaker.tryAcquire(); // what it held before is dropped
        QCOMPARE(breaker.view().trialsGiven, 1u);
        QCOMPARE(moved.report(Outcome::Success), Recorded::Counted);
        QCOMPARE(breaker.view().trialsSucceeded, 1u);
    }

    void measuresTheCallItself()
    {
        tests::ManualClock clock;
        CircuitBreakerConfig config = threeTrials();
        config.window.kind = OutcomeWindowConfig::Kind::Count;
        SharedCircuitBreaker breaker(config, clock.clock());
        for (const Duration took : {Duration{config.slowCallDuration}, config.slowCallDuration + 1ns}) {
            BreakerPermit permit = breaker.tryAcquire();
            clock.advance(took);
            permit.report(Outcome::Success);
        }
        QCOMPARE(breaker.view().window.slow, 1u);
    }

    // In each of 50 half-open rounds all threads want a trial, over and over.
    void neverMoreTrialsThanAllowed()
    {
        tests::ManualClock clock;
        SharedCircuitBreaker breaker(threeTrials(), clock.clock());
        for (int round = 0; round < 50; ++round) {
            QVERIFY(breaker.force(BreakerTrigger::ForceOpen));
            clock.advance(10s);
            std::atomic<int> out = 0;
            std::atomic<int> most = 0;
            tests::onThreads(4, [&](int) {
                for (int i = 0; i < 50; ++i) {
                    const BreakerPermit permit = breaker.tryAcquire();
                    if (!permit)
                        continue;
                    const int now = ++out;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                    }
                    --out;
                } // and the trial is given back
            });
            QVERIFY(most >= 1 && most <= 3);
            QCOMPARE(breaker.view().state, BreakerState::HalfOpen);
            QCOMPARE(breaker.view().trialsGiven, 0u);
        }
    }

    void losesNoResult()
    {
        CircuitBreakerConfig config;
        config.window.kind = OutcomeWindowConfig::Kind::Count;
        config.window.calls = 4000;
        config.minimumCalls = 4000;
        SharedCircuitBreaker breaker(config);
        tests::onThreads(4, [&](int thread) {
            for (int i = 0; i < 500; ++i)
                breaker.tryAcquire().report(thread == 0 ? Outcome::Failure : Outcome::Success);
        });
        QCOMPARE(breaker.view().window.calls, 2000u);
        QCOMPARE(breaker.view().window.failures, 500u);
    }

    void losesNoSuccessInARow()
    {
        SharedCircuitBreaker breaker;
        tests::onThreads(5, [&](int thread) {
            for (int i = 0; i < 1000; ++i) {
                if (thread == 0)
                    breaker.view();
                else
                    breaker.tryAcquire().report(Outcome::Success);
            }
        });
        QCOMPARE(breaker.view().window, (WindowCounts{4000, 0, 0, 0}));
    }

    // While one thread opens and closes it, every result is counted in its own generation, or late.
    void countsEveryResultOnce()
    {
        CircuitBreakerConfig config;
        config.failureThreshold = 1'000'000;
        SharedCircuitBreaker breaker(config);
        std::atomic<uint64_t> reported = 0;
        std::atomic<uint64_t> late = 0;
        std::atomic<uint64_t> counted = 0;
        tests::onThreads(5, [&](int thread) {
            for (int i = 0; i < 1000; ++i) {
                if (thread == 0) {
                    breaker.force(BreakerTrigger::ForceOpen);
                    counted += breaker.view().lastWindow.calls;
                    breaker.force(BreakerTrigger::ForceClosed);
                    continue;
                }
                BreakerPermit permit = breaker.tryAcquire();
                if (!permit)
                    continue;
                ++reported;
                const Recorded recorded = permit.report(i % 3 == 0 ? Outcome::Failure : Outcome::Success);
                late += recorded == Recorded::Late;
            }
        });
        QCOMPARE(breaker.view().late, late.load());
        QCOMPARE(counted + breaker.view().window.calls + late, reported.load());
    }
};
REGISTER_TEST(SharedCircuitBreakerTest)

#include "shared_circuit_breaker_test.moc"
