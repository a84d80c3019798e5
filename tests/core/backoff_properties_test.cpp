// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry/backoff.h"
#include "core/wide.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

#include <array>
#include <utility>

using namespace resilience;
using namespace std::chrono_literals;
using tests::pick;

namespace {

BackoffConfig anyBackoff()
{
    BackoffConfig config;
    config.strategy = *rc::gen::element(BackoffStrategy::Fixed, BackoffStrategy::Linear, BackoffStrategy::Exponential);
    config.jitter =
        *rc::gen::element(Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::Proportional);
    config.baseDelay = Duration{*rc::gen::element<int64_t>(0, 1, 7, 100'000'000, 3'600'000'000'000, INT64_MAX / 2)};
    config.maxDelay =
        saturatingAdd(config.baseDelay, Duration{*rc::gen::element<int64_t>(0, 1, 1'000'000'000, INT64_MAX)});
    config.multiplier = *rc::gen::element(1.0, 1.5, 2.0, 1000.0);
    config.jitterRatio = Ratio::fromParts(pick<uint64_t>(0, Ratio::kParts + 1));
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
    return wait >= cap ? Duration{config.maxDelay} : Duration{std::llround(wait)};
}

// The jitter's interval by its plain definition, before the longest wait narrows it.
std::pair<Duration, Duration> intervalOf(const BackoffConfig &config, uint64_t n, Duration previous)
{
    const Duration v = config.delay(n);
    switch (config.jitter) {
    case Jitter::None:
        break;
    case Jitter::Full:
        return {Duration::zero(), v};
    case Jitter::Equal:
        return {v / 2, v};
    case Jitter::Decorrelated: {
        const Wide thrice = Wide{3} * static_cast<uint64_t>(std::max<Duration>(previous, config.baseDelay).count());
        return {config.baseDelay, Duration{static_cast<int64_t>(std::min<Wide>(thrice, INT64_MAX))}};
    }
    case Jitter::Proportional: {
        const Wide spread = static_cast<Wide>(v.count()) * config.jitterRatio.parts() / Ratio::kParts;
        const Duration by{static_cast<int64_t>(spread)};
        return {v - by, saturatingAdd(v, by)};
    }
    }
    return {v, v};
}

// The mean of many draws for some wait v, as a share of it.
double meanShare(Jitter jitter, uint64_t seed)
{
    BackoffConfig config;
    config.strategy =
        std::array{BackoffStrategy::Fixed, BackoffStrategy::Linear, BackoffStrategy::Exponential}[seed % 3];
    config.jitter = jitter;
    config.baseDelay = 1ms * seed;
    config.maxDelay = 24h;
    const uint64_t n = 1 + seed % 8;
    const Duration v = jitter == Jitter::Decorrelated ? Duration{config.baseDelay} : config.delay(n);
    Backoff backoff(config, RandomStream(seed, "mean"));
    constexpr int draws = 20'000;
    double sum = 0;
    for (int i = 0; i < draws; ++i)
        sum += toSeconds(backoff.draw(n).delay);
    return sum / draws / toSeconds(v);
}

} // namespace

class BackoffPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void withinTheRange()
    {
        QVERIFY(rc::check("no delay lies outside its jitter's interval", [] {
            const BackoffConfig config = anyBackoff();
            Backoff backoff(config, RandomStream(pick<uint64_t>(0, UINT64_MAX), "any"));
            Duration previous{0};
            for (uint64_t n = 1; n <= 40; ++n) {
                const auto [low, high] = intervalOf(config, n, previous);
                const DrawnDelay drawn = backoff.draw(n, previous);
                RC_ASSERT(drawn.range == config.range(n, previous));
                RC_ASSERT(drawn.range.low == low);
                RC_ASSERT(drawn.range.high == std::min<Duration>(high, config.maxDelay));
                RC_ASSERT(low <= drawn.delay);
                RC_ASSERT(drawn.delay <= drawn.range.high);
                previous = drawn.delay;
            }
        }));
    }

    void agreesWithTheDefinition()
    {
        QVERIFY(rc::check("the closed form is the step by step one", [] {
            BackoffConfig config = anyBackoff();
            config.baseDelay = std::min<Duration>(config.baseDelay, 1h);
            config.maxDelay = std::max<Duration>(config.baseDelay, Duration{pick<int64_t>(0, int64_t{1} << 50)});
            const auto n = pick<uint64_t>(1, 200);
            // A power is rounded once a factor at most: within 1e-12 of it.
            const auto difference = (config.delay(n) - stepByStep(config, n)).count();
            RC_ASSERT(std::abs(difference) <= 1 + config.delay(n).count() / 1'000'000'000'000);
            RC_ASSERT(config.delay(n) <= config.delay(n + 1));
        }));
    }

    // Within 2 % of what the jitter promises: v / 2 for the full one.
    void means()
    {
        for (uint64_t seed = 1; seed <= 1000; ++seed) {
            QVERIFY(std::abs(meanShare(Jitter::Full, seed) - 0.5) <= 0.01);
            if (seed > 100)
                continue;
            QVERIFY(std::abs(meanShare(Jitter::Equal, seed) - 0.75) <= 0.015);
            QVERIFY(std::abs(meanShare(Jitter::Proportional, seed) - 1.0) <= 0.02);
            QVERIFY(std::abs(meanShare(Jitter::Decorrelated, seed) - 2.0) <= 0.04);
        }
    }
};
REGISTER_TEST(BackoffPropertiesTest)

#include "backoff_properties_test.moc"
