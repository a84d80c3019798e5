// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/sliding_window_counter.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class SlidingWindowCounterTest : public QObject {
    Q_OBJECT
private slots:
    // 10 in 100 ns: after a full window, one more fits every 10 ns.
    void thePreviousWindowFades()
    {
        SlidingWindowCounter counter({10, 100ns});
        VERIFY_ANSWERS(counter, {{0ns, 10, "yes"},
                                 {0ns, 1, "no, 110 ns"},
                                 {99ns, 1, "no, 11 ns"},
                                 {100ns, 1, "no, 10 ns"},
                                 {109ns, 1, "no, 1 ns"},
                                 {110ns, 1, "yes"},
                                 {110ns, 1, "no, 10 ns"},
                                 {150ns, 5, "no, 10 ns"},
                                 {150ns, 4, "yes"},
                                 {150ns, 6, "no, 70 ns"}, // 50 to the edge, and 5 has to fade to 4
                                 {150ns, 10, "no, 150 ns"},
                                 {299ns, 10, "no, 1 ns"},
                                 {300ns, 10, "yes"}});
    }

    // What the present window has leaves no room at all, and the next begins with exactly as much.
    void onTheEdge()
    {
        SlidingWindowCounter counter({4, 100ns});
        VERIFY_ANSWERS(
            counter,
            {{0ns, 4, "yes"}, {150ns, 2, "yes"}, {150ns, 2, "no, 50 ns"}, {199ns, 2, "no, 1 ns"}, {200ns, 2, "yes"}});
        SlidingWindowCounter two({2, 100ns});
        VERIFY_ANSWERS(
            two,
            {{0ns, 2, "yes"}, {150ns, 1, "yes"}, {150ns, 1, "no, 50 ns"}, {200ns, 1, "yes"}, {200ns, 2, "no, 200 ns"}});
    }

    // 3 x (7 - o) <= 2 x 7 from o = 7 / 3 on.
    void comparedWithoutRounding()
    {
        SlidingWindowCounter counter({3, 7ns});
        VERIFY_ANSWERS(counter, {{0ns, 3, "yes"}, {7ns, 1, "no, 3 ns"}, {9ns, 1, "no, 1 ns"}, {10ns, 1, "yes"}});
    }

    void whatIsKnown()
    {
        SlidingWindowCounter counter({10, 100ns});
        counter.tryAcquire(at(50ns), 8);
        counter.tryAcquire(at(125ns), 2);
        QVERIFY((counter.view(at(125ns)) == SlidingWindowCounts{at(100ns), 8, 2, 8.0}));
        QVERIFY((counter.view(at(150ns)) == SlidingWindowCounts{at(100ns), 8, 2, 6.0}));
        QVERIFY((counter.view(at(200ns)) == SlidingWindowCounts{at(200ns), 2, 0, 2.0}));
        QVERIFY((counter.view(at(300ns)) == SlidingWindowCounts{at(300ns), 0, 0, 0.0}));
        QVERIFY((counter.view(at(0ns)) == SlidingWindowCounts{at(100ns), 8, 2, 8.0}));
        QCOMPARE(counter.available(at(150ns)), 4.0);
        QCOMPARE(counter.available(at(175ns)), 6.0);
        QCOMPARE(counter.available(at(kCentury)), 10.0);
    }

    void timeGoingBack()
    {
        SlidingWindowCounter counter({2, 100ns});
        VERIFY_ANSWERS(counter, {{150ns, 2, "yes"},
                                 {0ns, 1, "no, 100 ns"},
                                 {249ns, 1, "no, 1 ns"},
                                 {150ns, 1, "no, 1 ns"},
                                 {250ns, 1, "yes"}});
    }

    void afterALongPause()
    {
        for (const Duration later : {Duration{200ns}, Duration{kCentury}}) {
            SlidingWindowCounter counter({2, 100ns});
            VERIFY_ANSWERS(counter, {{99ns, 2, "yes"}, {later, 2, "yes"}});
        }
        SlidingWindowCounter counter({2, 100ns});
        VERIFY_ANSWERS(counter, {{99ns, 2, "yes"}, {199ns, 2, "no, 1 ns"}, {199ns, 1, "yes"}});
    }

    void reconfigured()
    {
        SlidingWindowCounter counter({10, 100ns});
        VERIFY_ANSWERS(counter, {{0ns, 7, "yes"}, {150ns, 1, "yes"}}); // by estimate 4.5
        counter.reconfigure({5, 100ns}, at(150ns));
        VERIFY_ANSWERS(counter, {{150ns, 1, "no, 8 ns"}, {158ns, 1, "yes"}});
        counter.reconfigure({5, 1000ns}, at(158ns)); // 2 + 7 x 42 / 100, rounded up: 5
        QVERIFY((counter.view(at(158ns)) == SlidingWindowCounts{at(0ns), 0, 5, 5.0}));
        counter.reconfigure({3, 1000ns}, at(158ns)); // more in it than it may hold
        QCOMPARE(counter.available(at(158ns)), 0.0);
        VERIFY_ANSWERS(counter, {{158ns, 1, "no, 1442 ns"}, {1599ns, 1, "no, 1 ns"}, {1600ns, 1, "yes"}});
    }

    void extremes()
    {
        SlidingWindowCounter counter({1'000'000'000, std::chrono::hours{24 * 366}});
        VERIFY_ANSWERS(counter, {{0ns, 1'000'000'000, "yes"},
                                 {0ns, 1, "no, 31622400031622400 ns"},
                                 {0ns, 1'000'000'000, "no, 63244800000000000 ns"},
                                 {kDurationMax, 1'000'000'000, "yes"}});
        SlidingWindowCounter tick({1, 1ns});
        VERIFY_ANSWERS(tick, {{0ns, 1, "yes"}, {0ns, 1, "no, 2 ns"}, {1ns, 1, "no, 1 ns"}, {2ns, 1, "yes"}});
    }
};
REGISTER_TEST(SlidingWindowCounterTest)

#include "sliding_window_counter_test.moc"
