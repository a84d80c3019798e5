// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"
#include "tests/core/allocation_count.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

#include <limits>

using namespace resilience;
using namespace std::chrono_literals;
using tests::inWords;
using tests::kCentury;

namespace {

// Runs a check on one limiter of every kind, each with 3 to give, and one every 100 ns or 3 in 300.
template <typename Check> void onEach(Check check)
{
    check(TokenBucket({3, {1, 100ns}, {}}));
    check(LeakyBucket({3, {1, 100ns}, 0}));
    check(LeakyQueue({2, {1, 100ns}}));
    check(FixedWindow({3, 300ns}));
    check(SlidingWindowLog({3, 300ns}));
    check(SlidingWindowCounter({3, 300ns}));
}

} // namespace

// What is the same for all limiters.
class LimiterSharedTest : public QObject {
    Q_OBJECT
private slots:
    void nothingIsAPeek()
    {
        onEach([](auto limiter) {
            const auto fresh = limiter;
            QCOMPARE(inWords(limiter.tryAcquire(at(70ns), 0)), QByteArray("yes"));
            QVERIFY(limiter == fresh);
            limiter.tryAcquire(at(10ns), 3);
            const auto used = limiter;
            QCOMPARE(inWords(limiter.tryAcquire(at(10ns), 0)), QByteArray("yes"));
            QCOMPARE(inWords(limiter.tryAcquire(at(kCentury), 0)), QByteArray("yes"));
            QVERIFY(limiter == used);
        });
    }

    void aboveTheCapacityIsNever()
    {
        onEach([](auto limiter) {
            for (const uint64_t permits : {uint64_t(4), uint64_t(1) << 63U, std::numeric_limits<uint64_t>::max()})
                QCOMPARE(inWords(limiter.tryAcquire(at(0ns), permits)), QByteArray("never"));
            QVERIFY(inWords(limiter.tryAcquire(at(0ns), 3)).startsWith("yes"));
            QCOMPARE(inWords(limiter.tryAcquire(at(0ns), 4)), QByteArray("never"));
            QCOMPARE(inWords(limiter.tryAcquire(at(kCentury), 4)), QByteArray("never"));
        });
    }

    void aRejectedRequestConsumesNothing()
    {
        onEach([](auto limiter) {
            limiter.tryAcquire(at(0ns), 3);
            auto other = limiter;
            for (int i = 0; i < 100; ++i)
                QVERIFY(!limiter.tryAcquire(at(50ns), 3));
            QVERIFY(!other.tryAcquire(at(50ns), 3));
            QVERIFY(limiter == other);
        });
    }

    // However small the larger one is, it does not hold up or go ahead of the smaller one.
    void twoAtOneInstantInBothOrders()
    {
        onEach([](auto limiter) {
            auto other = limiter;
            QVERIFY(limiter.tryAcquire(at(5ns), 1) && limiter.tryAcquire(at(5ns), 2));
            QVERIFY(other.tryAcquire(at(5ns), 2) && other.tryAcquire(at(5ns), 1));
            QVERIFY(limiter == other);
            QVERIFY(limiter.available(at(5ns)) == 0);
            auto third = limiter;
            limiter.tryAcquire(at(600ns), 3);
            limiter.tryAcquire(at(600ns), 1);
            third.tryAcquire(at(600ns), 1);
            QVERIFY(third.tryAcquire(at(600ns), 2));
            QVERIFY(limiter.available(at(600ns)) == 0 && third.available(at(600ns)) == 0);
        });
    }

    void idleGaps()
    {
        onEach([](auto limiter) {
            QVERIFY(limiter.tryAcquire(at(0ns), 3));
            QVERIFY(!limiter.tryAcquire(at(1ns), 3));
            QVERIFY(limiter.tryAcquire(at(kCentury), 3));
            QVERIFY(!limiter.tryAcquire(at(kCentury + 1ns), 3));
            QVERIFY(limiter.tryAcquire(kTimeMax, 3));
            QVERIFY(!limiter.tryAcquire(kTimeMax, 3));
        });
    }

    void timeGoingBackCreditsNothing()
    {
        onEach([](auto limiter) {
            limiter.tryAcquire(at(1000ns), 3);
            auto clamped = limiter;
            for (const Duration t : {Duration{999ns}, Duration{0ns}, Duration{-5ns}, Duration::min()}) {
                QVERIFY(limiter.available(at(t)) == limiter.available(at(1000ns)));
                QCOMPARE(inWords(limiter.tryAcquire(at(t), 3)), inWords(clamped.tryAcquire(at(1000ns), 3)));
                QVERIFY(limiter == clamped);
            }
        });
    }

    void lookingChangesNothing()
    {
        onEach([](auto limiter) {
            limiter.tryAcquire(at(100ns), 2);
            const auto before = limiter;
            for (const Time t : {at(0ns), at(100ns), at(101ns), at(kCentury), kTimeMax})
                (void)limiter.available(t);
            QVERIFY(limiter == before);
        });
    }

    void aCopyIsACheckpoint()
    {
        onEach([](auto limiter) {
            limiter.tryAcquire(at(10ns), 2);
            const auto checkpoint = limiter;
            limiter.tryAcquire(at(20ns), 1);
            QVERIFY(!(limiter == checkpoint));
            limiter = checkpoint;
            QVERIFY(limiter == checkpoint);
        });
    }

    void nothingIsAllocated()
    {
        onEach([](auto limiter) {
            const qint64 before = tests::allocationCount();
            int permitted = 0;
            double seen = 0;
            for (int i = 0; i < 10'000; ++i) {
                const Time now = at(Duration{i * 40});
                permitted += limiter.tryAcquire(now, 1 + uint64_t(i % 3)).permitted();
                seen += double(limiter.available(now));
            }
            const qint64 after = tests::allocationCount();
            QCOMPARE(after, before);
            QVERIFY(permitted > 1000 && permitted < 9000 && seen > 0);
        });
    }
};
REGISTER_TEST(LimiterSharedTest)

#include "limiter_shared_test.moc"
