// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

// "As good as for ever", as people write it: a call with so much time is made, on the real clock.
class LongestLimitsTest : public QObject {
    Q_OBJECT
private slots:
    void callsWithAllTheTimeAreMade()
    {
        constexpr auto forEver = std::chrono::hours::max();
        Pipeline plain({});
        QCOMPARE(plain.call([] { return 1; }, {.deadline = Deadline::in(forEver, steadyNow())}).value(), 1);
        Pipeline timed(
            {.policies = {TimeoutPolicy{forEver}, std::make_shared<SharedBulkhead>(BulkheadConfig{1, 1, forEver}),
                          TimeoutPolicy{forEver}}});
        QCOMPARE(timed.call([] { return 2; }).value(), 2);
    }

    // A slow call is measured in whatever unit its caller has.
    void aCallThatTookForEverIsSlow()
    {
        CircuitBreakerConfig config;
        config.window.kind = OutcomeWindowConfig::Kind::Count;
        SharedCircuitBreaker breaker(config);
        breaker.tryAcquire().report(Outcome::Success, std::chrono::hours::max());
        QCOMPARE(breaker.view().window.slow, 1u);
    }

    // Closing by hand what is closed begins anew for threads too: what they counted without a lock is gone, and what
    // they have under way comes late.
    void aCommandReachesWhatIsCountedWithoutALock()
    {
        SharedCircuitBreaker breaker;
        BreakerPermit under = breaker.tryAcquire();
        breaker.tryAcquire().report(Outcome::Success);
        breaker.tryAcquire().report(Outcome::Failure);
        QVERIFY(breaker.force(BreakerTrigger::ForceClosed));
        QCOMPARE(breaker.view().window, WindowCounts{});
        QCOMPARE(under.report(Outcome::Failure), Recorded::Late);
        QCOMPARE(breaker.view().window, WindowCounts{});
    }
};
REGISTER_TEST(LongestLimitsTest)

#include "longest_limits_test.moc"
