// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/any_limiter.h"
#include "core/runtime/shared_limiter.h"
#include "core/runtime/shared_token_bucket.h"
#include "tests/core/limiter_asks.h"
#include "tests/pick.h"
#include "tests/register_test.h"

using namespace resilience;
using namespace std::chrono_literals;
using tests::inWords;
using tests::kCentury;
using tests::pick;

namespace {

constexpr Rate kOneAMinute{1, 60s};

// When a limiter may be built: at a clock's zero, on a machine that has run for months, on one whose clock is behind.
const Time kStarts[] = {kTimeZero, at(1ns), at(24h * 100 + 1ns), at(kCentury), at(-5s), at(-kCentury), Time::min()};

} // namespace

// Nothing has happened before a limiter was built, whatever its clock shows then.
class LimiterStartTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsThereAtTheStart()
    {
        for (const Time start : kStarts) {
            TokenBucket empty({10, kOneAMinute, 0, {}}, start);
            QCOMPARE(empty.available(start), 0.0);
            QCOMPARE(inWords(empty.tryAcquire(start)), QByteArray("no, 60000000000 ns"));
            QVERIFY(!empty.tryAcquire(start + 60s - 1ns) && empty.tryAcquire(start + 60s));
            LeakyBucket full({10, kOneAMinute, 10}, start);
            QCOMPARE(full.level(start), 10.0);
            QVERIFY(!full.tryAcquire(start) && !full.tryAcquire(start + 60s - 1ns) && full.tryAcquire(start + 60s));
            TokenBucket some({10, kOneAMinute, 3, {}}, start);
            QVERIFY(some.tryAcquire(start, 3) && !some.tryAcquire(start));
        }
    }

    // Asked at a moment before that, it answers as it would at the start.
    void nothingBeforeTheStart()
    {
        for (const Time start : kStarts) {
            TokenBucket bucket({2, kOneAMinute, 1, {}}, start);
            QVERIFY(bucket.tryAcquire(Time::min()) && !bucket.tryAcquire(Time::min()));
            QVERIFY(!bucket.tryAcquire(start + 60s - 1ns) && bucket.tryAcquire(start + 60s));
        }
    }

    // The windows that have edges have them where the clock has, on either side of its zero.
    void edgesBelongToTheClock()
    {
        for (const Duration edge : {Duration{-120s}, Duration{-60s}, Duration{0}, Duration{24h * 100}}) {
            FixedWindow fixed({2, 60s}, at(edge - 1ns));
            QVERIFY(fixed.windowStart(at(edge - 1ns)) == at(edge - 60s));
            QVERIFY(fixed.tryAcquire(at(edge - 1ns), 2) && !fixed.tryAcquire(at(edge - 1ns)));
            QVERIFY(fixed.tryAcquire(at(edge), 2) && !fixed.tryAcquire(at(edge + 60s - 1ns)));
            SlidingWindowCounter counter({2, 60s}, at(edge - 1ns));
            QVERIFY(counter.tryAcquire(at(edge - 1ns), 2));
            QVERIFY(counter.view(at(edge)).start == at(edge) && counter.view(at(edge)).previous == 2);
        }
    }

    // Any two moments are as far apart as they are, even if that is more than a duration holds.
    void aLifeOfTwoLargestDurations()
    {
        for (size_t kind = 0; kind < kLimiterKindCount; ++kind) {
            AnyLimiter limiter(limiterConfig(LimiterKind(kind), 3, 1), Time::min());
            QVERIFY(limiter.tryAcquire(Time::min(), 3) && !limiter.tryAcquire(Time::min()));
            QVERIFY(limiter.tryAcquire(kTimeMax, 3) && !limiter.tryAcquire(kTimeMax));
        }
    }

    // Built later, and asked as much later: the same answers.
    void theSameLifeAtAnotherTime()
    {
        int permitted = 0;
        QVERIFY(rc::check([&] {
            const auto kind = LimiterKind(pick<int>(0, kLimiterKindCount));
            const auto burst = pick<uint64_t>(1, 6);
            // Whole windows later, so that edges move along.
            const AnyLimiterConfig config = limiterConfig(kind, burst, 1);
            const auto later = std::chrono::seconds{burst} * pick<int64_t>(-1'000'000, 1'000'000);
            AnyLimiter first(config);
            AnyLimiter second(config, at(later));
            Time now = kTimeZero;
            for (int i = pick(0, 40); i > 0; --i) {
                now += Duration{500ms} * pick(0, 5);
                const auto permits = pick<uint64_t>(0, burst + 2);
                const LimiterDecision answer = first.tryAcquire(now, permits);
                RC_ASSERT(second.tryAcquire(now + later, permits) == answer);
                RC_ASSERT(second.available(now + later) == first.available(now));
                permitted += answer.permitted();
            }
        }));
        QVERIFY(permitted > 500);
    }

    // The shells for threads are built at what their clock shows.
    void shellsAskTheirClock()
    {
        for (const Time start : kStarts) {
            Time now = start;
            const runtime::Clock clock{[&now] { return now; }, {}};
            runtime::SharedTokenBucket tokens({10, kOneAMinute, 0, {}}, clock);
            runtime::SharedLeakyBucket level({10, kOneAMinute, 10}, clock);
            QCOMPARE(tokens.available(), 0.0);
            QCOMPARE(level.available(), 0.0);
            QVERIFY(!tokens.tryAcquire() && !level.tryAcquire());
            now += 60s;
            QVERIFY(level.tryAcquire() && !level.tryAcquire());
            auto token = tokens.tryAcquire();
            QVERIFY(bool(token));
            token.use();
            QVERIFY(!tokens.tryAcquire());
        }
        // Without one, at what the machine's clock shows, which is far from zero.
        runtime::SharedTokenBucket tokens({.capacity = 10, .refill = {1, 24h}, .initial = 0, .faultyVariant = {}});
        runtime::SharedLeakyBucket level({.capacity = 10, .leak = {1, 24h}, .initial = 10});
        QVERIFY(!tokens.tryAcquire() && !level.tryAcquire());
    }
};
REGISTER_TEST(LimiterStartTest)

#include "limiter_start_test.moc"
