// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using Change = std::function<void(CircuitBreakerConfig &)>;
using WindowKind = OutcomeWindowConfig::Kind;

const struct {
    const char *title;
    Change change;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedBreakers[] = {
    {"no failures", [](auto &c) { c.failureThreshold = 0; }, "failure_threshold", "0", "at least 1"},
    {"rate 0", [](auto &c) { c.failureRateThreshold = Ratio::of(0); }, "failure_rate_threshold", "0",
     "above 0, up to 1"},
    {"rate over 1", [](auto &c) { c.failureRateThreshold = Ratio::of(1.25); }, "failure_rate_threshold", "1.25",
     "above 0, up to 1"},
    {"no minimum", [](auto &c) { c.minimumCalls = 0; }, "minimum_calls", "0", "at least 1"},
    {"minimum above the window", [](auto &c) { c = tests::countConfig(5, 6); }, "minimum_calls", "6",
     "at most the window's size, 5"},
    {"slow 0", [](auto &c) { c.slowCallDuration = 0s; }, "slow_call_duration", "0 s", "more than 0 s"},
    {"slow negative", [](auto &c) { c.slowCallDuration = -1500ms; }, "slow_call_duration", "-1.5 s", "more than 0 s"},
    {"slow rate 0", [](auto &c) { c.slowCallRateThreshold = Ratio::of(0); }, "slow_call_rate_threshold", "0",
     "above 0, up to 1"},
    {"slow rate over 1", [](auto &c) { c.slowCallRateThreshold = Ratio::of(2); }, "slow_call_rate_threshold", "2",
     "above 0, up to 1"},
    {"open 0", [](auto &c) { c.openDuration = 0s; }, "open_duration", "0 s", "more than 0 s"},
    {"open negative by 1 ns", [](auto &c) { c.openDuration = -1ns; }, "open_duration", "-1e-09 s", "more than 0 s"},
    {"shrinking", [](auto &c) { c.openDurationMultiplier = 0.5; }, "open_duration_multiplier", "0.5", "1 to 1000"},
    {"growing too fast", [](auto &c) { c.openDurationMultiplier = 1001; }, "open_duration_multiplier", "1001",
     "1 to 1000"},
    {"growing by nothing known", [](auto &c) { c.openDurationMultiplier = std::nan(""); }, "open_duration_multiplier",
     "nan", "1 to 1000"},
    {"cap below the first wait", [](auto &c) { c.maxOpenDuration = 9s; }, "max_open_duration", "9 s",
     "at least open_duration, 10 s"},
    {"no trials", [](auto &c) { c.halfOpenMaxCalls = 0; }, "half_open_max_calls", "0", "at least 1"},
    {"no trial at once", [](auto &c) { c.halfOpenMaxConcurrent = 0; }, "half_open_max_concurrent", "0", "at least 1"},
    {"patience negative", [](auto &c) { c.halfOpenMaxDuration = -1s; }, "half_open_max_duration", "-1 s",
     "0 s (for ever) or more"},
    {"count window of 0",
     [](auto &c) {
         c.window = {WindowKind::Count, 0, 1s};
     },
     "window.size", "0", "1 to 1000000 calls"},
    {"count window too large",
     [](auto &c) {
         c.window = {WindowKind::Count, 1'000'001, 1s};
     },
     "window.size", "1000001", "1 to 1000000 calls"},
    {"time window of 9 ns",
     [](auto &c) {
         c.window = {WindowKind::Timed, 1, 9ns};
     },
     "window.size", "9e-09 s", "at least 10 ns"},
    {"time window negative",
     [](auto &c) {
         c.window = {WindowKind::Timed, 1, -1s};
     },
     "window.size", "-1 s", "at least 10 ns"},
};

// The last good value on the other side of each limit.
const struct {
    const char *title;
    Change change;
} kAccepted[] = {
    {"one failure", [](auto &c) { c.failureThreshold = 1; }},
    {"very many failures", [](auto &c) { c.failureThreshold = std::numeric_limits<uint32_t>::max(); }},
    {"smallest rate", [](auto &c) { c.failureRateThreshold = Ratio::fromParts(1); }},
    {"rate 1", [](auto &c) { c.failureRateThreshold = Ratio::of(1); }},
    {"minimum 1", [](auto &c) { c.minimumCalls = 1; }},
    {"minimum = window", [](auto &c) { c = tests::countConfig(5, 5); }},
    {"slow 1 ns", [](auto &c) { c.slowCallDuration = 1ns; }},
    {"open 1 ns", [](auto &c) { c.openDuration = 1ns; }},
    {"everything for ever", [](auto &c) { c.openDuration = c.slowCallDuration = kDurationMax; }},
    {"multiplier 1000", [](auto &c) { c.openDurationMultiplier = 1000; }},
    {"cap = the first wait", [](auto &c) { c.maxOpenDuration = 10s; }},
    {"one trial", [](auto &c) { c.halfOpenMaxCalls = 1; }},
    {"patience for ever", [](auto &c) { c.halfOpenMaxDuration = 0s; }},
    {"patience 1 ns", [](auto &c) { c.halfOpenMaxDuration = 1ns; }},
    {"count window of 1", [](auto &c) { c = tests::countConfig(1, 1); }},
    {"count window, largest", [](auto &c) { c = tests::countConfig(1'000'000, 1); }},
    {"time window of 10 ns",
     [](auto &c) {
         c.window = {WindowKind::Timed, 1, 10ns};
     }},
    {"a size that its kind does not use",
     [](auto &c) {
         c.window = {WindowKind::Consecutive, 0, -1s};
     }},
};

} // namespace

class BreakerConfigTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedBreakers); ++i)
            QTest::newRow(kRefusedBreakers[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedBreakers[index];
        CircuitBreakerConfig config = tests::smallConfig();
        row.change(config);
        const auto error = config.validate();
        QVERIFY(error.has_value());
        QCOMPARE(error->field.c_str(), row.field);
        QCOMPARE(error->found.c_str(), row.found);
        QCOMPARE(error->expected.c_str(), row.expected);
        try {
            const CircuitBreaker breaker(config);
            QFAIL("a breaker was built from a bad configuration");
        } catch (const InvalidConfig &thrown) {
            QCOMPARE(thrown.error(), *error);
            const std::string message = std::string(row.field) + ": found " + row.found + ", expected " + row.expected;
            QCOMPARE(thrown.what(), message.c_str());
        }
    }

    void accepted_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kAccepted); ++i)
            QTest::newRow(kAccepted[i].title) << int(i);
    }
    void accepted()
    {
        QFETCH(int, index);
        CircuitBreakerConfig config = tests::smallConfig();
        kAccepted[index].change(config);
        const auto error = config.validate();
        QVERIFY2(!error, error ? error->message().c_str() : "");
        const CircuitBreaker breaker(config);
        QCOMPARE(breaker.state(), BreakerState::Closed);
        QCOMPARE(breaker.generation(), 0U);
    }

    // The values that the lab's text and the protocol promise.
    void defaults()
    {
        const CircuitBreakerConfig config;
        QVERIFY(!config.validate());
        QVERIFY(config.window.kind == WindowKind::Consecutive);
        QCOMPARE(config.failureThreshold, 5U);
        QCOMPARE(tests::ns(config.openDuration), tests::ns(Duration{30s}));
        QCOMPARE(config.halfOpenMaxCalls, 3U);
        QVERIFY(config.halfOpenRule == HalfOpenRule::AllSucceed);
        QVERIFY(config.failureRateThreshold == Ratio::of(0.5));
        QCOMPARE(config.minimumCalls, 10U);
        QCOMPARE(tests::ns(config.slowCallDuration), tests::ns(Duration{60s}));
        QVERIFY(config.slowCallRateThreshold == Ratio::of(1.0));
        QCOMPARE(tests::ns(config.halfOpenPatience()), tests::ns(config.openDuration));
        QVERIFY(config.faultyVariant == CircuitBreakerConfig::FaultyVariant{});
    }
};
REGISTER_TEST(BreakerConfigTest)

#include "breaker_config_test.moc"
