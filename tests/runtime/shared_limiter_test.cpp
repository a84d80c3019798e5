// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "core/runtime/shared_limiter.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::SharedLimiter;

namespace {

uint64_t below(RandomStream &random, uint64_t end) { return random.next() % end; }

// Small numbers, so that limits are met all the time.
template <typename Core> typename SharedLimiter<Core>::Config anyConfig(RandomStream &random)
{
    const uint64_t permits = 1 + below(random, 5);
    const Duration length{1 + int64_t(below(random, 20))};
    if constexpr (std::same_as<Core, LeakyBucket>)
        return {.capacity = permits, .leak = {1 + below(random, 4), length}, .initial = below(random, permits)};
    else if constexpr (std::same_as<Core, LeakyQueue>)
        return {.capacity = permits - 1, .leak = {1 + below(random, 4), length}};
    else
        return {.limit = permits, .window = length};
}

// The same operations on a shared limiter and on a plain one: how many were rejected, or -1 after a difference.
template <typename Core> int rejectedInOneLife(uint64_t seed)
{
    RandomStream random(seed, "operations");
    const auto config = anyConfig<Core>(random);
    tests::ManualClock clock;
    Core plain(config, clock.now());
    SharedLimiter<Core> shared(config, clock.clock());
    int rejected = 0;
    for (int i = 0; i < 60; ++i) {
        clock.advance(Duration{int64_t(below(random, 8)) - 2});
        if (random.chance(0.05)) {
            const auto changed = anyConfig<Core>(random);
            plain.reconfigure(changed, clock.now());
            shared.reconfigure(changed);
        } else {
            const uint64_t permits = below(random, 7);
            const auto answer = shared.tryAcquire(permits);
            if (!(answer == plain.tryAcquire(clock.now(), permits)))
                return -1;
            rejected += !answer;
        }
        if (!(shared.checkpoint() == plain) || shared.available() != plain.available(clock.now()))
            return -1;
    }
    return rejected;
}

template <typename Core> void answersAsThePlainOne()
{
    int rejected = 0;
    for (uint64_t seed = 0; seed < 500; ++seed) {
        const int found = rejectedInOneLife<Core>(seed);
        QVERIFY2(found >= 0, qPrintable(QStringLiteral("seed %1").arg(seed)));
        rejected += found;
    }
    QVERIFY(rejected > 1000);
}

// Four threads ask 300 times each, and the limit holds whoever comes first.
template <typename Core> int permittedAtOnce(const typename SharedLimiter<Core>::Config &config)
{
    tests::ManualClock clock;
    SharedLimiter<Core> limiter(config, clock.clock());
    std::atomic<int> permitted = 0;
    tests::onThreads(4, [&](int) {
        for (int i = 0; i < 300; ++i)
            permitted += limiter.tryAcquire().permitted();
    });
    return permitted;
}

} // namespace

class SharedLimiterTest : public QObject {
    Q_OBJECT
private slots:
    void leakyBucket() { answersAsThePlainOne<LeakyBucket>(); }
    void leakyQueue() { answersAsThePlainOne<LeakyQueue>(); }
    void fixedWindow() { answersAsThePlainOne<FixedWindow>(); }
    void slidingWindowLog() { answersAsThePlainOne<SlidingWindowLog>(); }
    void slidingWindowCounter() { answersAsThePlainOne<SlidingWindowCounter>(); }

    void exactWhileTimeStands()
    {
        QCOMPARE((permittedAtOnce<LeakyBucket>({.capacity = 500, .leak = {1, 1s}})), 500);
        QCOMPARE((permittedAtOnce<LeakyQueue>({.capacity = 499, .leak = {1, 1s}})), 500);
        QCOMPARE((permittedAtOnce<FixedWindow>({.limit = 500, .window = 1s})), 500);
        QCOMPARE((permittedAtOnce<SlidingWindowLog>({.limit = 500, .window = 1s})), 500);
        QCOMPARE((permittedAtOnce<SlidingWindowCounter>({.limit = 500, .window = 1s})), 500);
    }

    // Turns of the threads are those of one queue: all different, evenly spaced.
    void everyTurnIsGivenOnce()
    {
        tests::ManualClock clock;
        runtime::SharedLeakyQueue queue({.capacity = 999, .leak = {1, 1ms}}, clock.clock());
        std::vector<std::vector<Duration>> waits(4);
        tests::onThreads(4, [&](int thread) {
            for (int i = 0; i < 250; ++i)
                waits[size_t(thread)].push_back(queue.tryAcquire().wait);
        });
        std::vector<Duration> all;
        for (const auto &some : waits)
            all.insert(all.end(), some.begin(), some.end());
        std::ranges::sort(all);
        for (size_t i = 0; i < all.size(); ++i)
            QVERIFY(all[i] == 1ms * int64_t(i));
    }

    void aTurnAfterTheDeadlineIsNotTaken()
    {
        tests::ManualClock clock;
        runtime::SharedLeakyQueue queue({.capacity = 5, .leak = {1, 1s}}, clock.clock());
        queue.tryAcquire(2);
        const LeakyQueue before = queue.checkpoint();
        for (const Duration left : {2s - 1ns, Duration{2s}}) {
            const LeakyQueueDecision late = queue.tryAcquire(1, Deadline::in(left, clock.now()));
            QCOMPARE(late.rejection, Rejection::DeadlinePassed);
            QVERIFY(late.wait == 2s);
            QVERIFY(queue.checkpoint() == before);
        }
        QVERIFY(queue.tryAcquire(1, Deadline::in(2s + 1ns, clock.now())).wait == 2s);
    }

    void refusesABadConfiguration()
    {
        QVERIFY_EXCEPTION_THROWN(runtime::SharedFixedWindow({.limit = 0}), InvalidConfig);
        runtime::SharedLeakyBucket bucket;
        const LeakyBucket before = bucket.checkpoint();
        QVERIFY_EXCEPTION_THROWN(bucket.reconfigure({.capacity = 0}), InvalidConfig);
        QVERIFY(bucket.checkpoint() == before);
    }
};
REGISTER_TEST(SharedLimiterTest)

#include "shared_limiter_test.moc"
