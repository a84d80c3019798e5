// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/backoff.h"
#include "tests/register_test.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

BackoffConfig anyConfig()
{
    BackoffConfig config;
    config.strategy = *rc::gen::element(BackoffStrategy::Fixed, BackoffStrategy::Linear, BackoffStrategy::Exponential);
    config.jitter =
        *rc::gen::element(Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::Proportional);
    config.baseDelay = Duration{*rc::gen::element<int64_t>(0, 1, 7, 100'000'000, 3'600'000'000'000, INT64_MAX / 2)};
    config.maxDelay =
        saturatingAdd(config.baseDelay, Duration{*rc::gen::element<int64_t>(0, 1, 1'000'000'000, INT64_MAX)});
    config.multiplier = *rc::gen::element(1.0, 1.5, 2.0, 1000.0);
    config.jitterRatio = Ratio::fromParts(*rc::gen::inRange<uint64_t>(0, Ratio::kParts + 1));
    return config;
}

// The n-th wait by its plain definition, one step after the other.
Duration stepByStep(const BackoffConfig &config, uint64_t n)
{
    long double wait = static_cast<long double>(config.baseDelay.count());
    if (config.strategy == BackoffStrategy::Linear)
        wait *= static_cast<long double>(n);
    for (uint64_t i = 1; i < n && config.strategy == BackoffStrategy::Exponential; ++i)
        wait *= static_cast<long double>(config.multiplier);
    const auto cap = static_cast<long double>(config.maxDelay.count());
    return wait >= cap ? config.maxDelay : Duration{std::llround(wait)};
}

// The mean of many draws, as a share of `v`.
double meanShare(Jitter jitter, uint64_t seed)
{
    BackoffConfig config;
    config.jitter = jitter;
    config.baseDelay = 1s;
    Backoff backoff(config, RandomStream(seed, "mean"));
    constexpr int draws = 20'000;
    double sum = 0;
    for (int i = 0; i < draws; ++i)
        sum += toSeconds(backoff.draw(1).delay);
    return sum / draws;
}

} // namespace

class BackoffPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void withinTheRange()
    {
        QVERIFY(rc::check("no delay lies outside its jitter's interval", [] {
            for (int life = 0; life < 2; ++life) { // a thousand lives, of 500 cases
                const BackoffConfig config = anyConfig();
                Backoff backoff(config, RandomStream(*rc::gen::arbitrary<uint64_t>(), "any"));
                Duration previous{0};
                for (uint64_t n = 1; n <= 40; ++n) {
                    const DelayRange range = backoff.range(n, previous);
                    const DrawnDelay drawn = backoff.draw(n, previous);
                    RC_ASSERT(drawn.range == range);
                    RC_ASSERT(Duration::zero() <= range.low);
                    RC_ASSERT(range.low <= range.high);
                    RC_ASSERT(range.shortest() <= drawn.delay);
                    RC_ASSERT(drawn.delay <= range.longest());
                    RC_ASSERT(drawn.delay <= config.maxDelay);
                    previous = drawn.delay;
                }
            }
        }));
    }

    void agreesWithTheDefinition()
    {
        QVERIFY(rc::check("the closed form is the step by step one", [] {
            BackoffConfig config = anyConfig();
            config.baseDelay = std::min<Duration>(config.baseDelay, 1h);
            config.maxDelay = std::max(config.baseDelay, Duration{*rc::gen::inRange<int64_t>(0, int64_t{1} << 50)});
            const auto n = *rc::gen::inRange<uint64_t>(1, 200);
            // A power is rounded once a factor at most: within 1e-12 of it.
            const auto difference = (config.delay(n) - stepByStep(config, n)).count();
            RC_ASSERT(std::abs(difference) <= 1 + config.delay(n).count() / 1'000'000'000'000);
            RC_ASSERT(config.delay(n) <= config.delay(n + 1));
        }));
    }

    // Within 2 % of what the jitter promises, for a hundred streams.
    void means()
    {
        for (uint64_t seed = 1; seed <= 100; ++seed) {
            QVERIFY(std::abs(meanShare(Jitter::Full, seed) - 0.5) <= 0.01);
            if (seed > 10)
                continue;
            QVERIFY(std::abs(meanShare(Jitter::Equal, seed) - 0.75) <= 0.015);
            QVERIFY(std::abs(meanShare(Jitter::Proportional, seed) - 1.0) <= 0.02);
            QVERIFY(std::abs(meanShare(Jitter::Decorrelated, seed) - 2.0) <= 0.04);
        }
    }
};
REGISTER_TEST(BackoffPropertiesTest)

#include "backoff_properties_test.moc"
