// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "core/runtime/shared_token_bucket.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::SharedTokenBucket;
using runtime::TokenPermit;

class SharedTokenBucketTest : public QObject {
    Q_OBJECT
private slots:
    void answersAsThePlainOne()
    {
        int rejected = 0;
        int droppedLater = 0;
        for (uint64_t seed = 0; seed < 1000; ++seed) {
            RandomStream random(seed, "operations");
            TokenBucketConfig config;
            config.capacity = 1 + random.next() % 5;
            config.refill = {1 + random.next() % 4, Duration{1 + int64_t(random.next() % 20)}};
            tests::ManualClock clock;
            TokenBucket plain(config, clock.now());
            SharedTokenBucket shared(config, clock.clock());
            std::vector<std::pair<TokenPermit, uint64_t>> kept;
            for (int i = 0; i < 60; ++i) {
                clock.advance(Duration{int64_t(random.next() % 8) - 2});
                if (random.chance(0.2) && !kept.empty()) {
                    plain.putBack(clock.now(), kept.back().second);
                    kept.pop_back();
                    ++droppedLater;
                } else if (random.chance(0.05)) {
                    config.capacity = 1 + random.next() % 5;
                    plain.reconfigure(config, clock.now());
                    shared.reconfigure(config);
                } else {
                    const uint64_t permits = random.next() % 7;
                    TokenPermit permit = shared.tryAcquire(permits);
                    QVERIFY(permit.decision() == plain.tryAcquire(clock.now(), permits));
                    rejected += !permit;
                    if (permit && random.chance(0.5))
                        permit.use();
                    else if (permit)
                        kept.emplace_back(std::move(permit), permits);
                }
                QVERIFY(shared.checkpoint() == plain);
                QCOMPARE(shared.available(), plain.available(clock.now()));
            }
        }
        QVERIFY(rejected > 1000 && droppedLater > 1000);
    }

    void aDroppedPermitGivesItsTokensBack()
    {
        tests::ManualClock clock;
        SharedTokenBucket bucket({.capacity = 5, .refill = {1, 1s}, .initial = std::nullopt}, clock.clock());
        {
            const TokenPermit permit = bucket.tryAcquire(4);
            QVERIFY(permit);
            QCOMPARE(bucket.available(), 1.0);
            QVERIFY(bucket.tryAcquire(2).decision().retryAfter == 1s);
        }
        QCOMPARE(bucket.available(), 5.0);
        TokenPermit used = bucket.tryAcquire(4);
        used.use();
        used = bucket.tryAcquire(1);
        QCOMPARE(bucket.available(), 0.0);
        used = {};
        QCOMPARE(bucket.available(), 1.0);
    }

    // Threads take and some give back while another moves the clock: 100 tokens at first, and one more a millisecond.
    void neverMoreThanThereAre()
    {
        tests::ManualClock clock;
        SharedTokenBucket bucket({.capacity = 100, .refill = {1, 1ms}, .initial = std::nullopt}, clock.clock());
        std::atomic<int> used = 0;
        tests::onThreads(5, [&](int thread) {
            for (int i = 0; i < 1000; ++i) {
                if (thread == 0) {
                    clock.advance(1ms);
                    continue;
                }
                TokenPermit permit = bucket.tryAcquire();
                if (permit && i % 3 != 0) {
                    permit.use();
                    ++used;
                }
            }
        });
        // Three of the first hundred may have been in other threads' hands whenever one asked.
        QVERIFY2(used >= 97 && used <= 1100, qPrintable(QString::number(used)));
    }

    void exactWhileTimeStands()
    {
        tests::ManualClock clock;
        SharedTokenBucket bucket({.capacity = 500, .refill = {1, 1s}, .initial = std::nullopt}, clock.clock());
        std::atomic<int> used = 0;
        tests::onThreads(4, [&](int) {
            for (int i = 0; i < 300; ++i)
                if (TokenPermit permit = bucket.tryAcquire()) {
                    permit.use();
                    ++used;
                }
        });
        QCOMPARE(used.load(), 500);
    }
};
REGISTER_TEST(SharedTokenBucketTest)

#include "shared_token_bucket_test.moc"
