// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/token_bucket.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

#include <limits>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class TokenBucketTest : public QObject {
    Q_OBJECT
private slots:
    // 3 tokens, one every 100 ns.
    void burstThenTheRate()
    {
        TokenBucket bucket({3, {1, 100ns}, {}});
        VERIFY_ANSWERS(bucket, {{0ns, 1, "yes"},
                                {0ns, 2, "yes"},
                                {0ns, 1, "no, 100 ns"},
                                {0ns, 3, "no, 300 ns"},
                                {99ns, 1, "no, 1 ns"},
                                {100ns, 1, "yes"},
                                {100ns, 1, "no, 100 ns"},
                                {101ns, 1, "no, 99 ns"},
                                {250ns, 2, "no, 50 ns"},
                                {299ns, 2, "no, 1 ns"},
                                {300ns, 2, "yes"},
                                {300ns, 1, "no, 100 ns"}});
    }

    void neverAboveTheCapacity()
    {
        TokenBucket bucket({3, {1, 100ns}, 2});
        QCOMPARE(bucket.available(at(0ns)), 2.0);
        QCOMPARE(bucket.available(at(99ns)), 2.99);
        QCOMPARE(bucket.available(at(100ns)), 3.0);
        QCOMPARE(bucket.available(at(101ns)), 3.0);
        VERIFY_ANSWERS(bucket, {{5000ns, 3, "yes"}, {5000ns, 1, "no, 100 ns"}});
    }

    void initial()
    {
        TokenBucket empty({3, {1, 100ns}, 0});
        VERIFY_ANSWERS(empty, {{0ns, 1, "no, 100 ns"}, {100ns, 1, "yes"}});
        TokenBucket one({3, {1, 100ns}, 1});
        VERIFY_ANSWERS(one, {{0ns, 2, "no, 100 ns"}, {0ns, 1, "yes"}});
    }

    // Truncated to 8,571,428,571 ns a token, a year of it would let one too many through.
    void sevenAMinuteIsExact()
    {
        TokenBucket bucket({1, {7, 60s}, {}});
        VERIFY_ANSWERS(bucket, {{0s, 1, "yes"}, {0s, 1, "no, 8571428572 ns"}});
        TokenBucket always({7, {7, 60s}, 0});
        for (int minute = 1; minute <= 1000; ++minute) {
            const Time end = at(60s * minute);
            QVERIFY(!always.tryAcquire(end - 1ns, 7));
            QVERIFY(always.tryAcquire(end, 7));
            QCOMPARE(always.available(end), 0.0);
        }
    }

    // Asked every nanosecond or not at all, it gains the same.
    void manySmallStepsAreOneLargeOne()
    {
        TokenBucket often({10, {3, 7ns}, 0});
        TokenBucket seldom = often;
        for (int t = 0; t <= 20; ++t)
            often.tryAcquire(at(Duration{t}), 10);
        QCOMPARE(often.available(at(20ns)), seldom.available(at(20ns)));
        VERIFY_ANSWERS(often, {{23ns, 10, "no, 1 ns"}, {24ns, 10, "yes"}});
        VERIFY_ANSWERS(seldom, {{23ns, 10, "no, 1 ns"}, {24ns, 10, "yes"}});
    }

    void givenBack()
    {
        TokenBucket bucket({3, {1, 100ns}, {}});
        VERIFY_ANSWERS(bucket, {{0ns, 3, "yes"}});
        bucket.putBack(at(50ns), 2);
        QCOMPARE(bucket.available(at(50ns)), 2.5);
        bucket.putBack(at(50ns));
        QCOMPARE(bucket.available(at(50ns)), 3.0); // not 3.5
        VERIFY_ANSWERS(bucket, {{50ns, 3, "yes"}});
        bucket.putBack(at(0ns), std::numeric_limits<uint64_t>::max());
        QCOMPARE(bucket.available(at(50ns)), 3.0);
        VERIFY_ANSWERS(bucket, {{0ns, 3, "yes"}, {0ns, 1, "no, 100 ns"}});
    }

    void reconfigured()
    {
        TokenBucket bucket({10, {1, 100ns}, {}});
        VERIFY_ANSWERS(bucket, {{0ns, 4, "yes"}});
        bucket.reconfigure({5, {1, 100ns}, 0}, at(0ns)); // cut; initial has no say any more
        QCOMPARE(bucket.available(at(0ns)), 5.0);
        VERIFY_ANSWERS(bucket, {{0ns, 4, "yes"}});
        bucket.reconfigure({5, {3, 100ns}, {}}, at(50ns)); // 1.5 tokens by now
        QCOMPARE(bucket.available(at(50ns)), 1.5);
        VERIFY_ANSWERS(bucket, {{50ns, 2, "no, 17 ns"}, {67ns, 2, "yes"}});
        bucket.reconfigure({20, {1, 1ns}, {}}, at(0ns)); // before the latest: from 67 ns on
        VERIFY_ANSWERS(bucket, {{67ns, 20, "no, 20 ns"}, {87ns, 20, "yes"}});
    }

    void extremes()
    {
        TokenBucket large({1'000'000'000, {1, std::chrono::hours{24 * 366}}, 0});
        VERIFY_ANSWERS(large, {{0ns, 1, "no, 31622400000000000 ns"},
                               {0ns, 1'000'000'000, "no, 9223372036854775807 ns"},
                               {kCentury, 99, "yes"},
                               {kCentury, 1, "no, 6480000000000000 ns"}});
        TokenBucket quick({1'000'000'000, {1'000'000'000'000'000, 1ns}, 0});
        VERIFY_ANSWERS(quick,
                       {{0ns, 1, "no, 1 ns"}, {1ns, 1'000'000'000, "yes"}, {kDurationMax, 1'000'000'000, "yes"}});
        QCOMPARE(quick.available(kTimeMax), 0.0);
        TokenBucket even({1, {1'000'000'007, 1s}, 0}); // more than one part a nanosecond
        VERIFY_ANSWERS(even, {{0ns, 1, "no, 1 ns"}, {1ns, 1, "yes"}, {1ns, 1, "no, 1 ns"}});
    }
};
REGISTER_TEST(TokenBucketTest)

#include "token_bucket_test.moc"
