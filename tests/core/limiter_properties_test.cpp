// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"
#include "tests/core/naive_limiters.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using tests::pick;
using tests::spread;

namespace {

struct Asked {
    int64_t gap; // since the one before; negative = time goes back
    int64_t permits;
};

// Mostly small steps and few permits; peeks, demands that are too high, long pauses and steps back among them.
std::vector<Asked> anyAsks(int64_t capacity)
{
    const auto gap = rc::gen::weightedOneOf<int64_t>({{6, spread<int64_t>(0, 12)},
                                                      {3, spread<int64_t>(0, 60)},
                                                      {1, spread<int64_t>(-9, 0)},
                                                      {1, spread<int64_t>(100, 400)}});
    return *rc::gen::container<std::vector<Asked>>(
        rc::gen::map(rc::gen::pair(gap, rc::gen::weightedOneOf<int64_t>(
                                            {{5, rc::gen::just<int64_t>(1)}, {4, spread<int64_t>(0, capacity + 2)}})),
                     [](const auto &pair) {
                         return Asked{pair.first, pair.second};
                     }));
}

int64_t waitOf(const Decision &) { return 0; }
int64_t waitOf(const LeakyQueueDecision &decision) { return decision.wait.count(); }
template <typename Naive> int64_t waitOf(const Naive &, int64_t) { return 0; }
int64_t waitOf(const tests::NaiveLeakyQueue &naive, int64_t t) { return naive.lastWait(t); }

struct SeenByLimiter {
    int permitted = 0;
    int throttled = 0;
    int never = 0;
};

// Every answer is the naive model's, and so is every retryAfter: found there by trying nanosecond after nanosecond.
template <typename Limiter, typename Naive>
void agree(Limiter limiter, Naive naive, int64_t most, const std::vector<Asked> &asks, SeenByLimiter &seen)
{
    int64_t t = 0;
    int64_t latest = 0;
    for (const Asked &ask : asks) {
        t = std::max<int64_t>(-3, t + ask.gap);
        const Limiter before = limiter;
        const auto decision = limiter.tryAcquire(at(Duration{t}), uint64_t(ask.permits));
        if (ask.permits == 0) {
            RC_ASSERT(decision.permitted() && limiter == before);
            continue;
        }
        latest = std::max(latest, t);
        if (ask.permits > most) {
            RC_ASSERT(decision.rejection == Rejection::ExceedsCapacity && !decision.retryAfter);
            ++seen.never;
            continue;
        }
        RC_ASSERT(decision.permitted() == naive.admits(latest, ask.permits));
        if (decision.permitted()) {
            naive.take(latest, ask.permits);
            RC_ASSERT(waitOf(decision) == waitOf(naive, latest));
            ++seen.permitted;
            continue;
        }
        ++seen.throttled;
        int64_t wait = 1;
        while (!naive.admits(latest + wait, ask.permits))
            ++wait;
        RC_ASSERT(decision.rejection == Rejection::Throttled);
        RC_ASSERT(decision.retryAfter == std::optional{Duration{wait}});
    }
}

void everythingWasSeen(const SeenByLimiter &seen)
{
    QVERIFY2(seen.permitted >= 1000 && seen.throttled >= 1000 && seen.never >= 100,
             qPrintable(QStringLiteral("%1 %2 %3").arg(seen.permitted).arg(seen.throttled).arg(seen.never)));
}

struct SmallRate {
    int64_t capacity = pick<int64_t>(1, 7);
    int64_t permits = pick<int64_t>(1, 10);
    int64_t per = pick<int64_t>(1, 40);
    Rate rate{uint64_t(permits), Duration{per}};
};

template <typename Limiter, typename Config, typename Naive> void windowAgrees()
{
    SeenByLimiter seen;
    QVERIFY(rc::check("as the naive model says", [&seen] {
        const auto limit = pick<int64_t>(1, 8);
        const auto window = pick<int64_t>(1, 70);
        const Limiter limiter(Config{uint64_t(limit), Duration{window}});
        agree(limiter, Naive{{limit, window, {}}}, limit, anyAsks(limit), seen);
    }));
    everythingWasSeen(seen);
}

} // namespace

// Each limiter against a naive one.
class LimiterPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void tokenBucket()
    {
        SeenByLimiter seen;
        QVERIFY(rc::check("as the naive model says", [&seen] {
            const SmallRate small;
            const auto initial = pick<int64_t>(0, small.capacity + 1);
            const TokenBucket bucket({uint64_t(small.capacity), small.rate, uint64_t(initial)});
            agree(bucket, tests::NaiveTokenBucket{small.capacity, small.permits, small.per, initial * small.per},
                  small.capacity, anyAsks(small.capacity), seen);
        }));
        everythingWasSeen(seen);
    }

    void leakyBucket()
    {
        SeenByLimiter seen;
        QVERIFY(rc::check("as the naive model says", [&seen] {
            const SmallRate small;
            const auto initial = pick<int64_t>(0, small.capacity + 1);
            const LeakyBucket bucket({uint64_t(small.capacity), small.rate, uint64_t(initial)});
            const int64_t free = (small.capacity - initial) * small.per;
            agree(bucket, tests::NaiveTokenBucket{small.capacity, small.permits, small.per, free}, small.capacity,
                  anyAsks(small.capacity), seen);
        }));
        everythingWasSeen(seen);
    }

    void leakyQueue()
    {
        SeenByLimiter seen;
        QVERIFY(rc::check("as the naive model says", [&seen] {
            const SmallRate small;
            const LeakyQueue queue({uint64_t(small.capacity - 1), small.rate});
            agree(queue, tests::NaiveLeakyQueue{small.capacity - 1, small.permits, small.per, {}}, small.capacity,
                  anyAsks(small.capacity), seen);
        }));
        everythingWasSeen(seen);
    }

    void fixedWindow() { windowAgrees<FixedWindow, FixedWindowConfig, tests::NaiveFixedWindow>(); }
    void slidingWindowLog() { windowAgrees<SlidingWindowLog, SlidingWindowLogConfig, tests::NaiveSlidingWindowLog>(); }
    void slidingWindowCounter()
    {
        windowAgrees<SlidingWindowCounter, SlidingWindowCounterConfig, tests::NaiveSlidingWindowCounter>();
    }
};
REGISTER_TEST(LimiterPropertiesTest)

#include "limiter_properties_test.moc"
