// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry/retry_budget.h"
#include "core/runtime/guarded.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <numeric>

using namespace resilience;
using namespace std::chrono_literals;

class GuardedTest : public QObject {
    Q_OBJECT
private slots:
    void handsInTheClocksTime()
    {
        tests::ManualClock clock;
        runtime::Guarded<int> core(1, clock.clock());
        clock.advance(5s);
        const auto now = core.with([](int &value, Time t) {
            ++value;
            return t;
        });
        QVERIFY(now == at(105s));
        QCOMPARE(core.checkpoint(), 2);
        QCOMPARE(std::as_const(core).with([](const int &value, Time) { return value; }), 2);
    }

    void readsTheClockOnlyForThoseWhoTakeTheTime()
    {
        int reads = 0;
        runtime::Clock clock;
        clock.now = [&] {
            ++reads;
            return at(1h);
        };
        runtime::Guarded<int> core(1, clock);
        core.with([](int &value) { ++value; });
        QCOMPARE(std::as_const(core).with([](const int &value) { return value; }), 2);
        QCOMPARE(reads, 0);
        QVERIFY(core.with([](const int &, Time now) { return now; }) == at(1h));
        QCOMPARE(reads, 1);
    }

    void losesNoUpdate()
    {
        runtime::Guarded<int64_t> sum(0);
        tests::onThreads(8, [&](int) {
            for (int i = 0; i < 2000; ++i)
                sum.with([](int64_t &value, Time) { ++value; });
        });
        QCOMPARE(sum.checkpoint(), int64_t{16000});
    }

    // A pattern without a wrapper of its own: no more retries than 20 % of 100 requests and 10 a second for 10 s.
    void retriesNeverAboveTheBudget()
    {
        tests::ManualClock clock;
        runtime::Guarded<RetryBudget> budget(RetryBudget{}, clock.clock());
        std::vector<int> taken(8);
        for (int i = 0; i < 100; ++i)
            budget.with([](RetryBudget &core, Time now) { core.onRequest(now); });
        tests::onThreads(8, [&](int thread) {
            for (int i = 0; i < 100; ++i)
                taken[size_t(thread)] +=
                    budget.with([](RetryBudget &core, Time now) { return core.tryAcquire(now).permitted(); });
        });
        QCOMPARE(std::accumulate(taken.begin(), taken.end(), 0), 120);
    }

    // The steady clock itself: only that it does not go back, and that a sleep ends.
    void steadyClock()
    {
        const Time before = runtime::steadyNow();
        QVERIFY(runtime::steadySleepUntil(before, {}));
        QVERIFY(runtime::steadySleepUntil(saturatingAdd(before, 1ms), {}));
        QVERIFY(runtime::steadyNow() >= saturatingAdd(before, 1ms));
    }

    void sleepEndsWhenAskedToStop()
    {
        std::stop_source stop;
        bool slept = true;
        {
            const std::jthread sleeper([&] { slept = runtime::steadySleepUntil(kTimeMax, stop.get_token()); });
            stop.request_stop();
        }
        QVERIFY(!slept);
        QVERIFY(!runtime::steadySleepUntil(kTimeZero, stop.get_token()));
    }
};
REGISTER_TEST(GuardedTest)

#include "guarded_test.moc"
