// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/sliding_window_log.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class SlidingWindowLogTest : public QObject {
    Q_OBJECT
private slots:
    // An entry leaves when it is as old as the window.
    void entriesLeaveOneByOne()
    {
        SlidingWindowLog log({3, 100ns});
        VERIFY_ANSWERS(log, {{0ns, 1, "yes"},
                             {40ns, 1, "yes"},
                             {60ns, 1, "yes"},
                             {60ns, 1, "no, 40 ns"},
                             {60ns, 2, "no, 80 ns"},
                             {60ns, 3, "no, 100 ns"},
                             {99ns, 1, "no, 1 ns"},
                             {100ns, 1, "yes"},
                             {101ns, 1, "no, 39 ns"},
                             {160ns, 2, "yes"},
                             {160ns, 1, "no, 40 ns"}});
    }

    void noBurstAcrossAnEdge()
    {
        SlidingWindowLog log({3, 100ns});
        VERIFY_ANSWERS(log, {{99ns, 3, "yes"}, {100ns, 1, "no, 99 ns"}, {198ns, 1, "no, 1 ns"}, {199ns, 3, "yes"}});
    }

    void whatIsLeft()
    {
        SlidingWindowLog log({3, 100ns});
        log.tryAcquire(at(0ns));
        log.tryAcquire(at(50ns));
        for (const auto &[t, left] : {std::pair{50, 1}, {99, 1}, {100, 2}, {149, 2}, {150, 3}, {0, 1}})
            QCOMPARE(log.available(at(Duration{t})), uint64_t(left));
    }

    // Round and round: the storage never grows, and order holds over its end.
    void roundTheRing()
    {
        SlidingWindowLog log({7, 70ns});
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(log.tryAcquire(at(Duration{i * 10})));
            QVERIFY(i < 6 || !log.tryAcquire(at(Duration{i * 10 + 9})));
        }
        QCOMPARE(log.available(at(10'060ns)), uint64_t(7));
        QCOMPARE(log.available(at(10'059ns)), uint64_t(6));
    }

    void timeGoingBack()
    {
        SlidingWindowLog log({1, 100ns});
        VERIFY_ANSWERS(log, {{500ns, 1, "yes"},
                             {0ns, 1, "no, 100 ns"},
                             {599ns, 1, "no, 1 ns"},
                             {10ns, 1, "no, 1 ns"},
                             {600ns, 1, "yes"}});
    }

    void reconfigured()
    {
        SlidingWindowLog log({4, 100ns});
        for (const int t : {0, 10, 20, 30})
            log.tryAcquire(at(Duration{t}));
        log.reconfigure({2, 100ns}, at(30ns)); // 20 and 30 stay: until one has left there is no room
        VERIFY_ANSWERS(log, {{30ns, 1, "no, 90 ns"}, {119ns, 1, "no, 1 ns"}, {120ns, 1, "yes"}});
        log.reconfigure({3, 100ns}, at(120ns));
        VERIFY_ANSWERS(log, {{120ns, 1, "yes"}, {120ns, 1, "no, 10 ns"}});
        log.reconfigure({3, 50ns}, at(120ns)); // 30 has left at once
        VERIFY_ANSWERS(log, {{120ns, 1, "yes"}, {120ns, 1, "no, 50 ns"}});
        log.reconfigure({3, 1000ns}, at(0ns));
        VERIFY_ANSWERS(log, {{120ns, 1, "no, 1000 ns"}});
    }

    void extremes()
    {
        SlidingWindowLog log({1'000'000, std::chrono::hours{24 * 366}});
        VERIFY_ANSWERS(log, {{0ns, 1'000'000, "yes"},
                             {1ns, 1, "no, 31622399999999999 ns"},
                             {kCentury, 1'000'000, "yes"},
                             {kDurationMax, 999'999, "yes"},
                             {kDurationMax, 2, "no, 31622400000000000 ns"},
                             {kDurationMax, 1, "yes"}});
        SlidingWindowLog tick({1, 1ns});
        VERIFY_ANSWERS(tick, {{0ns, 1, "yes"}, {0ns, 1, "no, 1 ns"}, {1ns, 1, "yes"}});
    }
};
REGISTER_TEST(SlidingWindowLogTest)

#include "sliding_window_log_test.moc"
