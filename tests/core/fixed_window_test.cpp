// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class FixedWindowTest : public QObject {
    Q_OBJECT
private slots:
    void everyWindowHasItsOwn()
    {
        FixedWindow window({3, 100ns});
        VERIFY_ANSWERS(window, {{0ns, 2, "yes"},
                                {50ns, 2, "no, 50 ns"},
                                {99ns, 1, "yes"},
                                {99ns, 1, "no, 1 ns"},
                                {100ns, 3, "yes"},
                                {101ns, 1, "no, 99 ns"},
                                {199ns, 1, "no, 1 ns"},
                                {200ns, 1, "yes"}});
        QCOMPARE(window.available(at(200ns)), uint64_t(2));
        QCOMPARE(window.available(at(299ns)), uint64_t(2));
        QCOMPARE(window.available(at(300ns)), uint64_t(3)); // nothing is carried over
        QCOMPARE(window.available(at(0ns)), uint64_t(2));
    }

    // The weakness the pattern is known for: 2 x limit within 2 ns.
    void twiceTheLimitAcrossAnEdge()
    {
        FixedWindow window({3, 100ns});
        VERIFY_ANSWERS(window, {{99ns, 3, "yes"}, {100ns, 3, "yes"}, {100ns, 1, "no, 100 ns"}});
    }

    // Windows are aligned to time zero, wherever the first request falls.
    void aligned()
    {
        FixedWindow window({1, 100ns});
        VERIFY_ANSWERS(window,
                       {{250ns, 1, "yes"}, {250ns, 1, "no, 50 ns"}, {1075ns, 1, "yes"}, {1076ns, 1, "no, 24 ns"}});
        QVERIFY(window.windowStart(at(1076ns)) == at(1000ns));
        QVERIFY(window.windowStart(at(1100ns)) == at(1100ns));
        QVERIFY(window.windowStart(at(0ns)) == at(1000ns));
    }

    void timeGoingBack()
    {
        FixedWindow window({1, 100ns});
        VERIFY_ANSWERS(window, {{150ns, 1, "yes"},
                                {0ns, 1, "no, 50 ns"},
                                {99ns, 1, "no, 50 ns"},
                                {200ns, 1, "yes"},
                                {150ns, 1, "no, 100 ns"}});
    }

    void reconfigured()
    {
        FixedWindow window({5, 100ns});
        VERIFY_ANSWERS(window, {{10ns, 4, "yes"}});
        window.reconfigure({3, 100ns}, at(20ns));
        VERIFY_ANSWERS(window, {{20ns, 1, "no, 80 ns"}});
        window.reconfigure({4, 15ns}, at(20ns)); // now in [15, 30), and all 4 count there
        VERIFY_ANSWERS(window, {{20ns, 1, "no, 10 ns"}, {30ns, 4, "yes"}});
        window.reconfigure({4, 100ns}, at(0ns));
        VERIFY_ANSWERS(window, {{30ns, 1, "no, 70 ns"}, {100ns, 1, "yes"}});
    }

    void extremes()
    {
        FixedWindow year({1'000'000'000, std::chrono::hours{24 * 366}});
        VERIFY_ANSWERS(year, {{0ns, 1'000'000'000, "yes"}, {0ns, 1, "no, 31622400000000000 ns"}});
        // The last window there is ends after the end of time; it still has its limit.
        VERIFY_ANSWERS(year, {{kDurationMax, 1'000'000'000, "yes"}, {kDurationMax, 1, "no, 10368763145224193 ns"}});
        FixedWindow tick({1, 1ns});
        VERIFY_ANSWERS(
            tick,
            {{0ns, 1, "yes"}, {0ns, 1, "no, 1 ns"}, {1ns, 1, "yes"}, {kCentury, 1, "yes"}, {kCentury, 1, "no, 1 ns"}});
    }
};
REGISTER_TEST(FixedWindowTest)

#include "fixed_window_test.moc"
