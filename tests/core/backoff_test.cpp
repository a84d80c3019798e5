// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry/backoff.h"
#include "tests/register_test.h"

#include <QtTest>

#include <cmath>
#include <functional>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

BackoffConfig backoffWith(BackoffStrategy strategy, Duration base, Duration cap = 30s, double multiplier = 2)
{
    BackoffConfig config;
    config.strategy = strategy;
    config.baseDelay = base;
    config.maxDelay = cap;
    config.multiplier = multiplier;
    return config;
}

BackoffConfig backoffWith(Jitter jitter, Duration base, Duration cap = 30s)
{
    BackoffConfig config = backoffWith(BackoffStrategy::Exponential, base, cap);
    config.jitter = jitter;
    return config;
}

qint64 ns(Duration duration) { return duration.count(); }

const struct {
    const char *title;
    std::function<void(BackoffConfig &)> change;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedBackoffs[] = {
    {"negative base", [](auto &c) { c.baseDelay = -1ns; }, "base_delay", "-1e-09 s", "0 s or more"},
    {"shrinking", [](auto &c) { c.multiplier = 0.99; }, "multiplier", "0.99", "1 to 1000"},
    {"growing too fast", [](auto &c) { c.multiplier = 1000.5; }, "multiplier", "1000.5", "1 to 1000"},
    {"growing by nothing known", [](auto &c) { c.multiplier = std::nan(""); }, "multiplier", "nan", "1 to 1000"},
    {"cap below the base", [](auto &c) { c.maxDelay = 99ms; }, "max_delay", "0.099 s", "at least base_delay, 0.1 s"},
    {"spread over all", [](auto &c) { c.jitterRatio = Ratio::of(1.5); }, "jitter_ratio", "1.5", "0 to 1"},
};

const struct {
    const char *title;
    BackoffConfig config;
    uint64_t n;
    Duration delay;
} kDelays[] = {
    {"fixed, first", backoffWith(BackoffStrategy::Fixed, 100ms), 1, 100ms},
    {"fixed, last", backoffWith(BackoffStrategy::Fixed, 100ms), UINT64_MAX, 100ms},
    {"linear, first", backoffWith(BackoffStrategy::Linear, 100ms), 1, 100ms},
    {"linear, third", backoffWith(BackoffStrategy::Linear, 100ms), 3, 300ms},
    {"linear, below the cap", backoffWith(BackoffStrategy::Linear, 1ns, 5ns), 4, 4ns},
    {"linear, at the cap", backoffWith(BackoffStrategy::Linear, 1ns, 5ns), 5, 5ns},
    {"linear, above the cap", backoffWith(BackoffStrategy::Linear, 1ns, 5ns), 6, 5ns},
    {"linear, far above", backoffWith(BackoffStrategy::Linear, 24h, kDurationMax), UINT64_MAX, kDurationMax},
    {"exponential, zeroth counts as first", backoffWith(BackoffStrategy::Exponential, 100ms), 0, 100ms},
    {"exponential, first", backoffWith(BackoffStrategy::Exponential, 100ms), 1, 100ms},
    {"exponential, fourth", backoffWith(BackoffStrategy::Exponential, 100ms), 4, 800ms},
    {"exponential, below the cap", backoffWith(BackoffStrategy::Exponential, 1ns, 9ns), 4, 8ns},
    {"exponential, at the cap", backoffWith(BackoffStrategy::Exponential, 1ns, 8ns), 4, 8ns},
    {"exponential, above the cap", backoffWith(BackoffStrategy::Exponential, 1ns, 7ns), 4, 7ns},
    {"exponential, thousandth", backoffWith(BackoffStrategy::Exponential, 24h, 48h), 1001, 48h},
    {"exponential, last", backoffWith(BackoffStrategy::Exponential, 1ns, kDurationMax, 1000), UINT64_MAX, kDurationMax},
    {"exponential, by 1", backoffWith(BackoffStrategy::Exponential, 100ms, 30s, 1), UINT64_MAX, 100ms},
    {"exponential, by 1.5", backoffWith(BackoffStrategy::Exponential, 100ms, 30s, 1.5), 3, 225ms},
    {"exponential, of nothing", backoffWith(BackoffStrategy::Exponential, 0s, 30s, 1000), UINT64_MAX, 0s},
    {"largest base", backoffWith(BackoffStrategy::Exponential, kDurationMax, kDurationMax), 2, kDurationMax},
};

} // namespace

class BackoffTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedBackoffs); ++i)
            QTest::newRow(kRefusedBackoffs[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedBackoffs[index];
        BackoffConfig config;
        row.change(config);
        const auto error = config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(Backoff{config}, InvalidConfig);
        Backoff backoff;
        const Backoff before = backoff;
        QVERIFY_EXCEPTION_THROWN(backoff.reconfigure(config), InvalidConfig);
        QVERIFY(backoff == before);
    }

    void delays_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kDelays); ++i)
            QTest::newRow(kDelays[i].title) << int(i);
    }
    void delays()
    {
        QFETCH(int, index);
        const auto &row = kDelays[index];
        QVERIFY(!row.config.validate());
        QCOMPARE(ns(row.config.delay(row.n)), ns(row.delay));
        Backoff backoff(row.config);
        const Backoff before = backoff;
        QVERIFY(backoff.draw(row.n) == (DrawnDelay{row.delay, {row.delay, row.delay}}));
        QVERIFY(backoff == before); // without jitter nothing is drawn
    }

    void ranges()
    {
        const auto rangeOf = [](const BackoffConfig &config, uint64_t n, Duration previous = {}) {
            return config.range(n, previous);
        };
        QVERIFY(rangeOf(backoffWith(Jitter::Full, 100ms), 3) == (DelayRange{0s, 400ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Equal, 100ms), 3) == (DelayRange{200ms, 400ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Equal, 5ns), 1) == (DelayRange{2ns, 5ns}));
        QVERIFY(rangeOf(backoffWith(Jitter::Proportional, 100ms), 3) == (DelayRange{300ms, 500ms}));
        // The cap narrows the range, so that no wait is more likely than another.
        QVERIFY(rangeOf(backoffWith(Jitter::Proportional, 100ms, 450ms), 3) == (DelayRange{300ms, 450ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Proportional, 100ms, 400ms), 9) == (DelayRange{300ms, 400ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Full, 100ms, 300ms), 9) == (DelayRange{0s, 300ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Equal, 100ms, 300ms), 9) == (DelayRange{150ms, 300ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Proportional, kDurationMax, kDurationMax), 1).high == kDurationMax);
        BackoffConfig everything = backoffWith(Jitter::Proportional, 7s);
        everything.jitterRatio = Ratio::of(1);
        QVERIFY(rangeOf(everything, 1) == (DelayRange{0s, 14s}));
        // Decorrelated: from the base to three times the call's previous wait, whichever retry it is.
        QVERIFY(rangeOf(backoffWith(Jitter::Decorrelated, 100ms), 1) == (DelayRange{100ms, 300ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Decorrelated, 100ms), 9, 200ms) == (DelayRange{100ms, 600ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Decorrelated, 100ms, 450ms), 2, 200ms) == (DelayRange{100ms, 450ms}));
        QVERIFY(rangeOf(backoffWith(Jitter::Decorrelated, 1s, kDurationMax), 2, kDurationMax).high == kDurationMax);
    }

    // The same stream, the same waits; a copy goes on as the original would.
    void theStreamIsInjected()
    {
        const auto draws = [](Backoff backoff) {
            std::vector<Duration> all;
            for (uint64_t n = 1; n <= 8; ++n)
                all.push_back(backoff.draw(n).delay);
            return all;
        };
        const BackoffConfig config = backoffWith(Jitter::Full, 100ms);
        const Backoff backoff(config, RandomStream(7, "client"));
        QVERIFY(draws(backoff) == draws(backoff));
        QVERIFY(draws(backoff) == draws(Backoff(config, RandomStream(7, "client"))));
        QVERIFY(draws(backoff) != draws(Backoff(config, RandomStream(8, "client"))));
        QVERIFY(draws(backoff) != draws(Backoff(config, RandomStream(7, "another"))));
        Backoff used = backoff;
        used.draw(1);
        Backoff checkpoint = used;
        QVERIFY(used.draw(2) == checkpoint.draw(2) && used == checkpoint);
        used.reconfigure(backoffWith(Jitter::Equal, 1s)); // the stream goes on
        QVERIFY(used != checkpoint);
        used.reconfigure(config);
        QVERIFY(used == checkpoint);
    }
};
REGISTER_TEST(BackoffTest)

#include "backoff_test.moc"
