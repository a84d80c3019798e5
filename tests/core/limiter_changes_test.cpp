// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/any_limiter.h"
#include "tests/core/limiter_asks.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <map>

using namespace resilience;
using namespace std::chrono_literals;
using tests::inWords;
using tests::pick;

namespace {

const char *nameOf(size_t kind) { return name(LimiterKind(kind)); }

uint64_t takeAll(AnyLimiter &limiter, Time now)
{
    uint64_t taken = 0;
    while (limiter.tryAcquire(now))
        ++taken;
    return taken;
}

// Small ones, in units of 10 ns, so that much happens within a few steps.
AnyLimiterConfig anyConfig(LimiterKind kind)
{
    const auto capacity = pick<uint64_t>(1, 9);
    const Rate rate{pick<uint64_t>(1, 4), Duration{10} * pick(1, 6)};
    const Duration window = Duration{10} * pick(1, 9);
    switch (kind) {
    case LimiterKind::TokenBucket:
        return TokenBucketConfig{capacity, rate, std::nullopt, {}};
    case LimiterKind::LeakyBucket:
        return LeakyBucketConfig{capacity, rate, 0};
    case LimiterKind::LeakyQueue:
        return LeakyQueueConfig{capacity - 1, rate};
    case LimiterKind::FixedWindow:
        return FixedWindowConfig{capacity, window};
    case LimiterKind::SlidingWindowLog:
        return SlidingWindowLogConfig{capacity, window};
    case LimiterKind::SlidingWindowCounter:
        break;
    }
    return SlidingWindowCounterConfig{capacity, window};
}

LimiterKind anyKind() { return LimiterKind(pick<int>(0, kLimiterKindCount)); }

void withCapacity(AnyLimiterConfig &config, uint64_t capacity)
{
    std::visit(
        [capacity](auto &one) {
            if constexpr (requires { one.limit; })
                one.limit = capacity;
            else
                one.capacity = capacity;
        },
        config);
}

} // namespace

// What was given stays given, whatever happens to the settings.
class LimiterChangesTest : public QObject {
    Q_OBJECT
private slots:
    void smallerAndBack_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("used");
        for (size_t kind = 0; kind < kLimiterKindCount; ++kind)
            for (const int used : {10, 6, 1})
                QTest::addRow("%s, %d of 10", nameOf(kind), used) << int(kind) << used;
    }
    void smallerAndBack()
    {
        QFETCH(int, kind);
        QFETCH(int, used);
        const Time now = at(1s);
        const AnyLimiterConfig ten = limiterConfig(LimiterKind(kind), 10, 10.0 / 60);
        const AnyLimiterConfig one = limiterConfig(LimiterKind(kind), 1, 1.0 / 60);
        AnyLimiter limiter(ten);
        QVERIFY(limiter.tryAcquire(now, uint64_t(used)));
        limiter.reconfigure(one, now);
        QVERIFY(limiter.available(now) <= 1);
        AnyLimiter lowered = limiter;
        limiter.reconfigure(ten, now);
        QVERIFY(limiter.available(now) <= 10 - used);
        QVERIFY(takeAll(limiter, now) <= uint64_t(10 - used));
        // While it is small, what was given before holds it back; in the end it gives again.
        QVERIFY(LimiterKind(kind) == LimiterKind::TokenBucket || takeAll(lowered, now) == 0);
        QVERIFY(lowered.tryAcquire(now + 3600s) && takeAll(limiter, now + 3600s) == 10);
    }

    void windowShorterAndBack()
    {
        SlidingWindowLog log({3, 60s});
        QVERIFY(log.tryAcquire(at(0s), 2) && log.tryAcquire(at(20s)));
        log.reconfigure({3, 1s}, at(30s));
        QCOMPARE(log.available(at(30s)), 3U);
        SlidingWindowLog used = log;
        log.reconfigure({3, 60s}, at(31s));
        QCOMPARE(inWords(log.tryAcquire(at(31s))), QByteArray("no, 29000000000 ns"));
        QVERIFY(log.tryAcquire(at(60s), 2) && !log.tryAcquire(at(80s) - 1ns) && log.tryAcquire(at(80s)));
        // The latest that the shorter window gave take the place of the earliest.
        QVERIFY(used.tryAcquire(at(30s), 2));
        used.reconfigure({3, 60s}, at(31s));
        QCOMPARE(inWords(used.tryAcquire(at(31s))), QByteArray("no, 49000000000 ns"));
    }

    void logLimitUpAndDown()
    {
        SlidingWindowLog log({2, 60s});
        QVERIFY(log.tryAcquire(at(1s), 2));
        log.reconfigure({5, 60s}, at(2s));
        QCOMPARE(log.available(at(2s)), 3U);
        QVERIFY(log.tryAcquire(at(2s), 3));
        log.reconfigure({1, 60s}, at(3s));
        QCOMPARE(log.available(at(3s)), 0U);
        QCOMPARE(inWords(log.tryAcquire(at(3s))), QByteArray("no, 59000000000 ns"));
        log.reconfigure({4, 60s}, at(4s));
        QCOMPARE(inWords(log.tryAcquire(at(4s))), QByteArray("no, 57000000000 ns"));
        QCOMPARE(inWords(log.tryAcquire(at(4s), 2)), QByteArray("no, 58000000000 ns"));
        QVERIFY(log.tryAcquire(at(61s)));
    }

    void aLevelAboveItsCapacity()
    {
        LeakyBucket bucket({10, {1, 1s}, 10});
        bucket.reconfigure({2, {1, 1s}, 0}, at(0s));
        QCOMPARE(bucket.level(at(0s)), 10.0);
        QCOMPARE(bucket.available(at(0s)), 0.0);
        QCOMPARE(inWords(bucket.tryAcquire(at(0s))), QByteArray("no, 9000000000 ns"));
        QVERIFY(!bucket.tryAcquire(at(9s) - 1ns) && bucket.tryAcquire(at(9s)));
        // At another rate it takes as long as that rate needs; a rounded part is rounded up.
        LeakyBucket thirds({10, {1, 7ns}, 0});
        QVERIFY(thirds.tryAcquire(at(0s)) && thirds.level(at(1ns)) < 1);
        thirds.reconfigure({10, {1, 3ns}, 0}, at(1ns));
        QCOMPARE(thirds.level(at(1ns)), 1.0);
    }

    // Any settings for a moment: not a permit more afterwards.
    void noExcursionGivesAnything()
    {
        std::map<LimiterKind, int> usedUp;
        QVERIFY(rc::check([&] {
            const auto kind = anyKind();
            const AnyLimiterConfig config = anyConfig(kind);
            Time now = at(Duration{pick(0, 1000)});
            AnyLimiter limiter(config, now);
            for (int i = pick(1, 30); i > 0; --i) {
                now += Duration{pick(0, 25)};
                limiter.tryAcquire(now, pick<uint64_t>(1, 4));
                const double before = limiter.available(now);
                for (int changes = pick(0, 4); changes > 0; --changes)
                    limiter.reconfigure(anyConfig(kind), now);
                limiter.reconfigure(config, now);
                RC_ASSERT(limiter.available(now) <= before);
                usedUp[kind] += before < 1;
            }
        }));
        for (size_t kind = 0; kind < kLimiterKindCount; ++kind)
            QVERIFY2(usedUp[LimiterKind(kind)] > 50, nameOf(kind));
    }

    // Another kind with the same burst, and back.
    void anotherKindAndBack()
    {
        for (size_t kind = 0; kind < kLimiterKindCount; ++kind)
            for (size_t other = 0; other < kLimiterKindCount; ++other) {
                const AnyLimiterConfig config = limiterConfig(LimiterKind(kind), 10, 10.0 / 60);
                const AnyLimiterConfig another = limiterConfig(LimiterKind(other), 10, 10.0 / 60);
                AnyLimiter limiter(config);
                QVERIFY(limiter.tryAcquire(at(1s), 7));
                limiter.reconfigure(another, at(1s));
                QVERIFY2(limiter.kind() == LimiterKind(other) && limiter.available(at(1s)) <= 3, nameOf(other));
                limiter.reconfigure(config, at(2s));
                QVERIFY2(limiter.available(at(2s)) <= 3.2, nameOf(kind)); // what a second brings at most
                QVERIFY(limiter.tryAcquire(at(120s), 10));
            }
    }

    // A limit that goes up and down while calls come: within one window never more than the largest it has had there.
    void neverMoreThanTheLargestLimit()
    {
        for (const LimiterKind kind :
             {LimiterKind::FixedWindow, LimiterKind::SlidingWindowLog, LimiterKind::SlidingWindowCounter}) {
            int64_t given = 0;
            QVERIFY(rc::check([&] {
                AnyLimiterConfig config = anyConfig(kind);
                const Duration window = std::visit(
                    [](const auto &one) -> Duration {
                        if constexpr (requires { one.window; })
                            return one.window;
                        return Duration{};
                    },
                    config);
                std::vector<std::pair<Time, uint64_t>> limits{{at(-1000ns), burstOf(config)}};
                std::vector<Time> permits;
                AnyLimiter limiter(config);
                Time now = kTimeZero;
                for (int i = pick(0, 80); i > 0; --i) {
                    now += pick(0, 3) == 0 ? Duration{pick(0, 40)} : Duration{0};
                    if (pick(0, 3) == 0) {
                        withCapacity(config, pick<uint64_t>(1, 9));
                        limiter.reconfigure(config, now);
                        limits.emplace_back(now, burstOf(config));
                    }
                    if (!limiter.tryAcquire(now))
                        continue;
                    permits.push_back(now);
                    const Time begin = kind == LimiterKind::SlidingWindowLog
                                           ? now - window + 1ns
                                           : at(now.time_since_epoch() / window * window);
                    uint64_t largest = 0;
                    for (size_t k = 0; k < limits.size(); ++k)
                        if (k + 1 == limits.size() || limits[k + 1].first >= begin)
                            largest = std::max(largest, limits[k].second);
                    RC_ASSERT(uint64_t(std::ranges::count_if(permits, [&](Time t) { return t >= begin; })) <= largest);
                }
                given += int64_t(permits.size());
            }));
            QVERIFY(given > 300);
        }
    }

    // The same for those with a rate: never more than the largest capacity, and what the rate has brought.
    void neverMoreThanTheLargestCapacityAndTheRate()
    {
        for (const LimiterKind kind : {LimiterKind::TokenBucket, LimiterKind::LeakyBucket, LimiterKind::LeakyQueue}) {
            int64_t given = 0;
            QVERIFY(rc::check([&] {
                AnyLimiterConfig config = anyConfig(kind);
                uint64_t largest = burstOf(config);
                AnyLimiter limiter(config);
                const double rate = perSecondOf(config) / 1e9;
                Time now = kTimeZero;
                uint64_t taken = 0;
                for (int i = pick(0, 80); i > 0; --i) {
                    now += pick(0, 3) == 0 ? Duration{pick(0, 40)} : Duration{0};
                    if (pick(0, 3) == 0) {
                        withCapacity(config, pick<uint64_t>(kind == LimiterKind::LeakyQueue ? 0 : 1, 9));
                        limiter.reconfigure(config, now);
                        largest = std::max(largest, burstOf(config));
                    }
                    taken += limiter.tryAcquire(now).permitted();
                    RC_ASSERT(double(taken) <= double(largest) + rate * double(now.time_since_epoch().count()) + 1e-6);
                }
                given += int64_t(taken);
            }));
            QVERIFY(given > 300);
        }
    }
};
REGISTER_TEST(LimiterChangesTest)

#include "limiter_changes_test.moc"
