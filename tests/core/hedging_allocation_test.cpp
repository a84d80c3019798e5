// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/fallback.h"
#include "core/patterns/hedging.h"
#include "tests/core/allocation_count.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

class HedgingAllocationTest : public QObject {
    Q_OBJECT
private slots:
    void hedgingAndFallback()
    {
        const Hedging hedging({.maxAttempts = 8, .delay = 3ms});
        RetryBudget budget;
        Fallback fallback;
        uint64_t hedges = 0;
        const qint64 before = tests::allocationCount();
        for (int i = 0; i < 5000; ++i) {
            Time now = at(10ms * i);
            HedgedCall call = hedging.begin(now, {true, false}, Deadline::in(1s, now), &budget);
            for (now += 3ms; hedging.nextDeadline(call) && call.begun < uint32_t(i % 9); now += 3ms)
                hedging.onDeadline(call, now, &budget);
            const Outcome outcome = i % 2 ? Outcome::Success : Outcome::Failure;
            while (!call.running.empty())
                hedging.onResult(call, AttemptSet(call.running).takeFirst(), outcome, {}, now, &budget);
            fallback.onResult(outcome, {});
            hedges += call.begun - 1;
        }
        QCOMPARE(tests::allocationCount(), before);
        QVERIFY(hedges > 1000);
        QCOMPARE(fallback.view().answered, uint64_t{2500});
    }
};
REGISTER_TEST(HedgingAllocationTest)

#include "hedging_allocation_test.moc"
