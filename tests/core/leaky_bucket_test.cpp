// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/token_bucket.h"
#include "tests/core/limiter_asks.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace std::chrono_literals;
using tests::kCentury;

class LeakyBucketTest : public QObject {
    Q_OBJECT
private slots:
    // Up to 3, and one leaks every 100 ns.
    void overflows()
    {
        LeakyBucket bucket({3, {1, 100ns}, 0});
        VERIFY_ANSWERS(bucket, {{0ns, 2, "yes"}, {0ns, 1, "yes"}, {0ns, 1, "no, 100 ns"}, {0ns, 2, "no, 200 ns"}});
        QCOMPARE(bucket.level(at(0ns)), 3.0);
        QCOMPARE(bucket.level(at(50ns)), 2.5);
        QCOMPARE(bucket.available(at(50ns)), 0.5);
        VERIFY_ANSWERS(bucket, {{99ns, 1, "no, 1 ns"}, {100ns, 1, "yes"}, {101ns, 1, "no, 99 ns"}});
        QCOMPARE(bucket.level(at(400ns)), 0.0);
        QCOMPARE(bucket.level(at(kCentury)), 0.0);
    }

    void initialIsTheLevel()
    {
        LeakyBucket bucket({3, {1, 100ns}, 2});
        QCOMPARE(bucket.level(at(0ns)), 2.0);
        VERIFY_ANSWERS(bucket, {{0ns, 2, "no, 100 ns"}, {0ns, 1, "yes"}, {0ns, 1, "no, 100 ns"}});
        LeakyBucket full({3, {7, 60s}, 3});
        VERIFY_ANSWERS(full, {{0ns, 1, "no, 8571428572 ns"}, {60s - 1ns, 3, "yes"}});
    }

    // The level stays when the bucket changes, and what is free follows.
    void reconfigured()
    {
        LeakyBucket bucket({10, {1, 100ns}, 0});
        VERIFY_ANSWERS(bucket, {{0ns, 4, "yes"}});
        bucket.reconfigure({6, {1, 200ns}, 0}, at(50ns));
        QCOMPARE(bucket.level(at(50ns)), 3.5);
        VERIFY_ANSWERS(bucket, {{50ns, 3, "no, 100 ns"}, {150ns, 3, "yes"}});
        bucket.reconfigure({2, {1, 200ns}, 0}, at(150ns));
        QCOMPARE(bucket.level(at(150ns)), 6.0); // above the new capacity: what was given is not forgotten
        bucket.reconfigure({5, {1, 200ns}, 5}, at(150ns));
        QCOMPARE(bucket.level(at(150ns)), 6.0);
        VERIFY_ANSWERS(bucket, {{150ns, 1, "no, 400 ns"}, {550ns, 1, "yes"}});
    }

    // Seen from the other side it is a token bucket.
    void decidesAsATokenBucket()
    {
        LeakyBucket leaky({5, {3, 7ns}, 2});
        TokenBucket token({5, {3, 7ns}, 3});
        for (int i = 0; i < 1000; ++i) {
            const Time now = at(Duration{i * 7 % 11 + i});
            const auto permits = uint64_t(i % 7);
            QVERIFY(leaky.tryAcquire(now, permits) == token.tryAcquire(now, permits));
            QCOMPARE(leaky.available(now), token.available(now));
        }
    }
};
REGISTER_TEST(LeakyBucketTest)

#include "leaky_bucket_test.moc"
