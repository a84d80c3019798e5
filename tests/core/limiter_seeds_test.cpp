// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"
#include "core/wide.h"
#include "tests/register_test.h"

#include <QtTest>

#include <random>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

constexpr uint64_t kSeeds = 1000;
constexpr int kAsks = 60;

// Numbers of every size: 1 to 2^bits, small ones as likely as large ones.
class Sizes {
public:
    explicit Sizes(uint64_t seed) : m_random(seed) {}
    uint64_t upTo(unsigned bits) { return 1 + m_random() % (uint64_t{1} << (m_random() % bits)); }
    uint64_t below(uint64_t end) { return m_random() % end; }

private:
    std::mt19937_64 m_random;
};

struct Given {
    Duration t;
    uint64_t permits;
};

struct Checks {
    int promises = 0; // retryAfters that were kept
    QByteArray problem; // the first one
    void fail(const QByteArray &what) { problem = problem.isEmpty() ? what : problem; }
};

template <typename Limiter> void checkAvailable(const Limiter &limiter, uint64_t capacity, Time now, Checks &checks)
{
    const auto left = static_cast<double>(limiter.available(now));
    if (!(left >= 0 && left <= double(capacity)))
        checks.fail("available is out of its bounds");
}

// A life of one limiter, its gaps about as long as it needs for a permit. Checks every retryAfter, and that what is
// available stays within 0 and `capacity`. What was permitted, and when, comes back.
template <typename Limiter>
std::vector<Given> live(Limiter limiter, uint64_t capacity, Duration pace, Sizes &sizes, Checks &checks)
{
    std::vector<Given> given;
    Duration t{0};
    const auto longest = uint64_t(std::max<int64_t>(2, 3 * pace.count()));
    for (int i = 0; i < kAsks; ++i) {
        if (sizes.below(3) == 0)
            t += Duration{int64_t(sizes.below(longest))};
        const uint64_t permits =
            sizes.below(2) ? 1 + sizes.below(std::min<uint64_t>(capacity, 3)) : 1 + sizes.below(capacity);
        checkAvailable(limiter, capacity, at(t), checks);
        const auto decision = limiter.tryAcquire(at(t), permits);
        checkAvailable(limiter, capacity, at(t), checks);
        checkAvailable(limiter, capacity, kTimeMax, checks); // full: exactly the capacity, not an ulp more
        if (decision.permitted()) {
            given.push_back({t, permits});
            continue;
        }
        if (decision.rejection != Rejection::Throttled || !decision.retryAfter || *decision.retryAfter <= 0ns)
            checks.fail("rejected without a reason or a retryAfter");
        // Further away than time goes, the promise is not kept, and not seen to be broken.
        if (!decision.retryAfter || *decision.retryAfter >= kDurationMax - t)
            continue;
        ++checks.promises;
        Limiter early = limiter;
        Limiter patient = limiter;
        if (early.tryAcquire(at(t + *decision.retryAfter - 1ns), permits).permitted())
            checks.fail("permitted 1 ns before retryAfter");
        if (!patient.tryAcquire(at(t + *decision.retryAfter), permits).permitted())
            checks.fail("rejected at retryAfter");
        if (sizes.below(4) == 0)
            t += *decision.retryAfter;
    }
    return given;
}

// The most that was given within [t, t + length) for any t.
uint64_t mostWithin(const std::vector<Given> &given, Duration length)
{
    uint64_t most = 0;
    for (size_t i = 0; i < given.size(); ++i) {
        uint64_t sum = 0;
        for (size_t k = i; k < given.size() && given[k].t - given[i].t < length; ++k)
            sum += given[k].permits;
        most = std::max(most, sum);
    }
    return most;
}

// From the i-th one on, whether no more was given than `burst` + rate x time since `start`.
bool withinTheRateFrom(const std::vector<Given> &given, size_t i, Duration start, uint64_t burst, const Rate &rate)
{
    uint64_t sum = 0;
    for (size_t k = i; k < given.size(); ++k) {
        sum += given[k].permits;
        const auto time = static_cast<uint64_t>((given[k].t - start).count());
        const auto per = static_cast<uint64_t>(rate.per.count());
        if (sum > burst && Wide{sum - burst} * per > Wide{rate.permits} * time)
            return false;
    }
    return true;
}

// Whether between any two moments no more was given than capacity + rate x time, and since time zero no more than
// `initial` + rate x time.
bool withinTheRate(const std::vector<Given> &given, uint64_t capacity, uint64_t initial, const Rate &rate)
{
    for (size_t i = 0; i < given.size(); ++i)
        if (!withinTheRateFrom(given, i, given[i].t, capacity, rate))
            return false;
    return withinTheRateFrom(given, 0, 0ns, initial, rate);
}

Rate anyRate(Sizes &sizes) { return {sizes.upTo(30), Duration{int64_t(sizes.upTo(45))}}; }
Duration paceOf(const Rate &rate) { return Duration{1 + rate.per.count() / int64_t(rate.permits)}; }

} // namespace

// What holds in a thousand lives of each limiter, with numbers of every size.
class LimiterSeedsTest : public QObject {
    Q_OBJECT
private slots:
    void buckets()
    {
        Checks checks;
        for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Sizes sizes(seed);
            const uint64_t capacity = sizes.upTo(29);
            const Rate rate = anyRate(sizes);
            const uint64_t initial = sizes.below(capacity + 1);
            const TokenBucket token({capacity, rate, initial});
            const LeakyBucket leaky({capacity, rate, initial});
            const auto fromToken = live(token, capacity, paceOf(rate), sizes, checks);
            const auto fromLeaky = live(leaky, capacity, paceOf(rate), sizes, checks);
            QVERIFY2(withinTheRate(fromToken, capacity, initial, rate), QByteArray::number(quint64(seed)));
            QVERIFY2(withinTheRate(fromLeaky, capacity, capacity - initial, rate), QByteArray::number(quint64(seed)));
        }
        QVERIFY2(checks.problem.isEmpty(), checks.problem.constData());
        QVERIFY(checks.promises > 10'000);
    }

    void leakyQueue()
    {
        Checks checks;
        for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Sizes sizes(seed);
            const uint64_t capacity = sizes.upTo(29);
            const Rate rate = anyRate(sizes);
            const LeakyQueue queue({capacity - 1, rate});
            const auto given = live(queue, capacity, paceOf(rate), sizes, checks);
            QVERIFY2(withinTheRate(given, capacity, capacity, rate), QByteArray::number(quint64(seed)));
        }
        QVERIFY2(checks.problem.isEmpty(), checks.problem.constData());
        QVERIFY(checks.promises > 5'000);
    }

    // Turns never come closer than the spacing, but for the rounding to whole nanoseconds.
    void turnsAreSpaced()
    {
        for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Sizes sizes(seed);
            const Rate rate = anyRate(sizes);
            LeakyQueue queue({20, rate});
            Duration t{0};
            Duration before = -paceOf(rate);
            for (int i = 0; i < kAsks; ++i) {
                t += Duration{int64_t(sizes.below(uint64_t(2 * paceOf(rate).count())))};
                const auto decision = queue.tryAcquire(at(t));
                if (!decision)
                    continue;
                QVERIFY(t + decision.wait - before >= Duration{rate.per.count() / int64_t(rate.permits)});
                before = t + decision.wait;
                QVERIFY(queue.waiting(at(t)) <= 20);
            }
        }
    }

    void windows()
    {
        Checks checks;
        for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Sizes sizes(seed);
            const uint64_t limit = sizes.upTo(13);
            const Duration window{int64_t(sizes.upTo(50))};
            const Duration pace = window / 20;
            const auto fixed = live(FixedWindow({limit, window}), limit, pace, sizes, checks);
            const auto log = live(SlidingWindowLog({limit, window}), limit, pace, sizes, checks);
            const auto counter = live(SlidingWindowCounter({limit, window}), limit, pace, sizes, checks);
            QVERIFY2(mostWithin(fixed, window) <= 2 * limit, QByteArray::number(quint64(seed)));
            QVERIFY2(mostWithin(log, window) <= limit, QByteArray::number(quint64(seed)));
            QVERIFY2(mostWithin(counter, window) <= 2 * limit, QByteArray::number(quint64(seed)));
            for (size_t i = 0; i < fixed.size(); ++i) {
                uint64_t sum = 0;
                for (const Given &one : fixed)
                    sum += one.t / window == fixed[i].t / window ? one.permits : 0;
                QVERIFY2(sum <= limit, QByteArray::number(quint64(seed)));
            }
        }
        QVERIFY2(checks.problem.isEmpty(), checks.problem.constData());
        QVERIFY(checks.promises > 20'000);
    }
};
REGISTER_TEST(LimiterSeedsTest)

#include "limiter_seeds_test.moc"
