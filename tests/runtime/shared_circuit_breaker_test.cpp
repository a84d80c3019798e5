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

// Does to the shared breaker what was done to the plain one.
class Follower {
public:
    explicit Follower(const CircuitBreakerConfig &config) : m_breaker(config, m_clock.clock()) {}

    tests::Answer follow(const tests::Step &step)
    {
        m_clock.set(step.now);
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

    CircuitBreaker core() const { return m_breaker.checkpoint(); }
    BreakerView view() const { return m_breaker.view(); }

private:
    tests::ManualClock m_clock;
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
        for (const Duration took : {config.slowCallDuration, config.slowCallDuration + 1ns}) {
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
};
REGISTER_TEST(SharedCircuitBreakerTest)

#include "shared_circuit_breaker_test.moc"
