// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/allocation_count.h"
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

// A rejected call must cost nothing, and neither a permitted one nor a move may allocate.
class BreakerAllocationTest : public QObject {
    Q_OBJECT
private slots:
    void hotPathAllocatesNothing_data()
    {
        QTest::addColumn<int>("window");
        QTest::newRow("consecutive") << 0;
        QTest::newRow("count") << 1;
        QTest::newRow("time") << 2;
    }
    void hotPathAllocatesNothing()
    {
        QFETCH(int, window);
        CircuitBreaker breaker(window == 0   ? tests::smallConfig()
                               : window == 1 ? tests::countConfig(1000, 10)
                                             : tests::timedConfig(10s, 10));
        const uint64_t generation = breaker.generation();
        const qint64 before = tests::allocationCount();
        Time now = kTimeZero;
        uint32_t views = 0;
        for (int i = 0; i < 5000; ++i) {
            now += 100ms;
            const Decision decision = breaker.tryAcquire(now);
            if (decision)
                breaker.onResult(decision.permit, i / 500 % 2 ? Outcome::Failure : Outcome::Success, 1s, now);
            breaker.onDeadline(now);
            views += breaker.view(now).window.calls;
        }
        const qint64 after = tests::allocationCount();
        QCOMPARE(after, before);
        QVERIFY(breaker.generation() > generation + 5); // it went through all its states meanwhile
        QVERIFY(views > 0);
    }

    // The counter counts: a copy of a ring has to be allocated.
    void copyingARingAllocates()
    {
        const CircuitBreaker breaker(tests::countConfig(1000, 10));
        const qint64 before = tests::allocationCount();
        const CircuitBreaker copy = breaker;
        QVERIFY(tests::allocationCount() > before);
        QVERIFY(copy == breaker);
    }
};
REGISTER_TEST(BreakerAllocationTest)

#include "breaker_allocation_test.moc"
