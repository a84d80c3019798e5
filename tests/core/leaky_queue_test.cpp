// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/leaky_queue.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

#include <limits>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class LeakyQueueTest : public QObject {
    Q_OBJECT
private slots:
    // One in its turn, two may wait, a turn every 100 ns.
    void oneAfterTheOther()
    {
        LeakyQueue queue({2, {1, 100ns}});
        VERIFY_ANSWERS(queue, {{0ns, 1, "yes"},
                               {0ns, 1, "yes, in 100 ns"},
                               {0ns, 1, "yes, in 200 ns"},
                               {0ns, 1, "no, 100 ns"},
                               {99ns, 1, "no, 1 ns"},
                               {100ns, 1, "yes, in 200 ns"},
                               {150ns, 1, "no, 50 ns"},
                               {300ns, 1, "yes, in 100 ns"},
                               {499ns, 1, "yes, in 1 ns"},
                               {700ns, 1, "yes"},
                               {799ns, 1, "yes, in 1 ns"}});
    }

    void theOverflowIsToldItsWait()
    {
        LeakyQueue queue({1, {1, 100ns}});
        queue.tryAcquire(at(0ns), 2);
        const LeakyQueueDecision decision = queue.tryAcquire(at(30ns));
        QVERIFY(decision.rejection == Rejection::Throttled);
        QVERIFY(decision.retryAfter == Duration{70ns});
        QVERIFY(decision.wait == Duration{170ns});
    }

    void whoWaits()
    {
        LeakyQueue queue({3, {1, 100ns}});
        QCOMPARE(queue.available(at(0ns)), uint64_t(4));
        VERIFY_ANSWERS(queue, {{0ns, 1, "yes"}});
        QCOMPARE(queue.waiting(at(0ns)), uint64_t(0)); // it is its turn
        QCOMPARE(queue.available(at(0ns)), uint64_t(3));
        VERIFY_ANSWERS(queue, {{0ns, 2, "yes, in 200 ns"}});
        QCOMPARE(queue.waiting(at(0ns)), uint64_t(2));
        QCOMPARE(queue.waiting(at(99ns)), uint64_t(2));
        QCOMPARE(queue.waiting(at(100ns)), uint64_t(1));
        QCOMPARE(queue.waiting(at(199ns)), uint64_t(1));
        QCOMPARE(queue.waiting(at(200ns)), uint64_t(0));
        QCOMPARE(queue.available(at(200ns)), uint64_t(3));
        QCOMPARE(queue.available(at(299ns)), uint64_t(3));
        QCOMPARE(queue.available(at(300ns)), uint64_t(4));
        QCOMPARE(queue.waiting(at(0ns)), uint64_t(2)); // looking changed nothing
    }

    void nobodyWaits()
    {
        LeakyQueue queue({0, {1, 100ns}});
        VERIFY_ANSWERS(
            queue,
            {{0ns, 1, "yes"}, {0ns, 1, "no, 100 ns"}, {99ns, 1, "no, 1 ns"}, {100ns, 1, "yes"}, {100ns, 2, "never"}});
    }

    void severalTurns()
    {
        LeakyQueue queue({2, {1, 100ns}});
        VERIFY_ANSWERS(queue, {{0ns, 0, "yes"},
                               {0ns, 4, "never"},
                               {0ns, 3, "yes, in 200 ns"},
                               {0ns, 3, "no, 300 ns"},
                               {299ns, 3, "no, 1 ns"},
                               {300ns, 3, "yes, in 200 ns"},
                               {300ns, std::numeric_limits<uint64_t>::max(), "never"}});
    }

    // The k-th of a row comes at ceil(k x 60 s / 7).
    void sevenAMinuteIsExact()
    {
        LeakyQueue queue({1'000'000, {7, 60s}});
        for (int64_t k = 0; k < 10'000; ++k)
            QCOMPARE(qint64(queue.tryAcquire(at(0s)).wait.count()), qint64((k * 60'000'000'000 + 6) / 7));
    }

    void timeGoingBack()
    {
        LeakyQueue queue({2, {1, 100ns}});
        VERIFY_ANSWERS(queue, {{500ns, 1, "yes"}, {0ns, 1, "yes, in 100 ns"}, {499ns, 2, "no, 100 ns"}});
    }

    void reconfigured()
    {
        LeakyQueue queue({5, {1, 100ns}});
        queue.tryAcquire(at(0ns), 3); // the next turn is at 300
        queue.reconfigure({5, {1, 1000ns}}, at(0ns));
        VERIFY_ANSWERS(queue, {{0ns, 1, "yes, in 300 ns"}, {0ns, 1, "yes, in 1300 ns"}});
        queue.reconfigure({1, {3, 100ns}}, at(0ns)); // the next turn stays at 2300
        VERIFY_ANSWERS(queue, {{0ns, 1, "no, 2267 ns"}, {2267ns, 1, "yes, in 33 ns"}});
    }

    void extremes()
    {
        LeakyQueue slow({1'000'000'000, {1, std::chrono::hours{24 * 366}}});
        VERIFY_ANSWERS(slow, {{0ns, 1'000'000'001, "yes, in 9223372036854775807 ns"},
                              {0ns, 1, "no, 31622400000000000 ns"},
                              {kCentury, 1, "yes, in 9223372036854775807 ns"}});
        QCOMPARE(slow.waiting(at(kCentury)), uint64_t(999'999'902)); // of 1,000,000,002 turns 0 to 99 have come
        LeakyQueue quick({0, {1'000'000'000'000'000, 1ns}});
        VERIFY_ANSWERS(quick, {{kDurationMax, 1, "yes"}, {kDurationMax, 1, "no, 1 ns"}});
    }
};
REGISTER_TEST(LeakyQueueTest)

#include "leaky_queue_test.moc"
