// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duration_text.h"
#include "core/tell/explain.h"
#include "core/tell/figures.h"
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

#include <cstring>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// The explanation of the n-th event (from 1) of a kind.
template <typename Detail> Explanation whyOf(const Scenario &scenario, size_t n = 1)
{
    Timeline run(std::make_shared<const Scenario>(scenario));
    run.runTo(at(20s));
    const auto events = tests::ofKind<Detail>(tests::eventsSoFar(run));
    return events.size() < n ? Explanation{} : *explain(run, events[n - 1].number);
}

QString text(const std::string &words) { return QString::fromStdString(words); }

// A service that refuses from the start, and one call at 1 s.
Scenario refusing(std::initializer_list<PolicyKind> kinds)
{
    Scenario scenario = tests::bare({1s});
    tests::use(scenario.clients[0].pipeline, kinds);
    scenario.script.insert({kTimeZero, 0, SetFault{0, FaultKind::Outage, 1}});
    return scenario;
}

} // namespace

// "Why?" for each algorithm, word for word.
class ExplainTest : public QObject {
    Q_OBJECT
private slots:
    void eachLimiterTellsItsOwnRule_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("third");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rule");
        QTest::newRow("token bucket") << int(LimiterKind::TokenBucket) << 1.5
                                      << "The bucket holds 0.5 of 2 tokens, and a call takes 1. Tokens come back "
                                         "evenly, 1 a second: a whole one is there at 2.0 s."
                                      << "tokens 0.5 < 1";
        QTest::newRow("leaky bucket") << int(LimiterKind::LeakyBucket) << 1.5
                                      << "The level stands at 1.5 of 2, and a call raises it by 1: it would overflow. "
                                         "It leaks evenly, 1 a second: there is room for a whole one at 2.0 s."
                                      << "level 1.5 + 1 = 2.5 > 2";
        QTest::newRow("leaky queue") << int(LimiterKind::LeakyQueue) << 1.5
                                     << "Calls leave one by one, 1 a second. 1 waits for its turn already, and no more "
                                        "than 1 may. The next place is free at 2.0 s."
                                     << "waiting 1 + 1 > 1";
        QTest::newRow("fixed window") << int(LimiterKind::FixedWindow) << 1.5
                                      << "Window 0-2 s: 2 of 2 used. None comes back before the window ends, and then "
                                         "all 2 at once, at 2.0 s. A burst on both sides of that moment gets through "
                                         "twice."
                                      << "window 0-2 s: used 2 + 1 > 2";
        QTest::newRow("sliding log") << int(LimiterKind::SlidingWindowLog) << 1.5
                                     << "2 calls have passed within the last 2 s, as many as may. The oldest of them, "
                                        "call 1, passed at 1.0 s and leaves the log 2 s later, at 3.0 s: then one more "
                                        "may pass."
                                     << "in the last 2 s: 2 + 1 > 2";
        QTest::newRow("sliding counter")
            << int(LimiterKind::SlidingWindowCounter) << 2.5
            << "This window 2-4 s has passed 0 calls so far, the one before it 2. Of the last 2 s, 75 % lie in the one "
               "before, so that share of its calls is reckoned in, wherever in it they came: with this call that is "
               "more than 2. Enough has faded at 3.0 s."
            << "0.75 x 2 + 0 + 1 = 2.5 > 2";
    }
    void eachLimiterTellsItsOwnRule()
    {
        QFETCH(int, kind);
        QFETCH(double, third);
        Scenario scenario = tests::bare({1s, 1s, fromSeconds(third)});
        tests::use(scenario.clients[0].pipeline, {PolicyKind::RateLimiter});
        scenario.clients[0].pipeline.rateLimiter = limiterConfig(LimiterKind(kind), 2, 1.0);
        const Explanation why = whyOf<Rejected>(scenario);
        QTEST(text(why.text), "text");
        QTEST(text(why.rule), "rule");
        QCOMPARE(why.counted.size(), size_t(kind == int(LimiterKind::SlidingWindowLog) ? 2 : 0));
    }

    void aQueueTellsWhenTheTurnComes()
    {
        Scenario scenario = tests::bare({1s, 1s});
        tests::use(scenario.clients[0].pipeline, {PolicyKind::RateLimiter});
        scenario.clients[0].pipeline.rateLimiter = limiterConfig(LimiterKind::LeakyQueue, 2, 1.0);
        const Explanation why = whyOf<Queued>(scenario);
        QCOMPARE(text(why.text), QStringLiteral("Calls leave one by one, 1 a second. Nobody waits before it; the turn "
                                                "before its own is that of 1.0 s. It goes on at 2.0 s, in 1 s."));
        QCOMPARE(text(why.rule), QStringLiteral("1.0 s + 1 s = 2.0 s"));
    }

    void eachBackoffTellsItsFormula_data()
    {
        QTest::addColumn<int>("strategy");
        QTest::addColumn<int>("jitter");
        QTest::addColumn<int>("retry");
        QTest::addColumn<QString>("rule"); // how it begins
        using S = BackoffStrategy;
        QTest::newRow("fixed") << int(S::Fixed) << int(Jitter::None) << 4 << "0.5 s: at ";
        QTest::newRow("linear") << int(S::Linear) << int(Jitter::None) << 4 << "min(8, 0.5 x 4) = 2 s: at ";
        QTest::newRow("exponential") << int(S::Exponential) << int(Jitter::None) << 4 << "min(8, 0.5 x 2^3) = 4 s: at ";
        QTest::newRow("at the cap") << int(S::Exponential) << int(Jitter::None) << 6 << "min(8, 0.5 x 2^5) = 8 s: at ";
        QTest::newRow("full") << int(S::Exponential) << int(Jitter::Full) << 4 << "min(8, 0.5 x 2^3) = 4 s, drawn ";
        QTest::newRow("equal") << int(S::Exponential) << int(Jitter::Equal) << 4 << "min(8, 0.5 x 2^3) = 4 s, drawn ";
        QTest::newRow("proportional") << int(S::Linear) << int(Jitter::Proportional) << 2
                                      << "min(8, 0.5 x 2) = 1 s, drawn ";
        QTest::newRow("decorrelated") << int(S::Exponential) << int(Jitter::Decorrelated) << 1
                                      << "min(8, 3 x 0.5) = 1.5 s, drawn ";
    }
    void eachBackoffTellsItsFormula()
    {
        QFETCH(int, strategy);
        QFETCH(int, jitter);
        QFETCH(int, retry);
        QFETCH(QString, rule);
        Scenario scenario = refusing({PolicyKind::Retry});
        scenario.clients[0].operation.idempotent = true;
        RetryConfig &config = scenario.clients[0].pipeline.retry;
        config.maxAttempts = 9;
        config.backoff = {
            .strategy = BackoffStrategy(strategy), .baseDelay = 500ms, .maxDelay = 8s, .jitter = Jitter(jitter)};
        const Explanation why = whyOf<RetryPlanned>(scenario, size_t(retry));
        QVERIFY2(text(why.rule).startsWith(rule), why.rule.c_str());
        QVERIFY2(text(why.text).startsWith(QStringLiteral("It will be attempt %1 of at most 9. ").arg(retry + 1)),
                 why.text.c_str());
        // What was drawn lies in the interval that is named.
        static const QRegularExpression drawn(QStringLiteral("drawn ([0-9.]+) s of ([0-9.]+) to ([0-9.]+) s"));
        if (const auto found = drawn.match(text(why.rule)); jitter != int(Jitter::None)) {
            QVERIFY(found.hasMatch());
            QVERIFY(found.captured(1).toDouble() >= found.captured(2).toDouble());
            QVERIFY(found.captured(1).toDouble() <= found.captured(3).toDouble());
        }
    }

    void whyThereIsNoOtherAttempt()
    {
        Scenario scenario = refusing({PolicyKind::Retry});
        scenario.clients[0].pipeline.retry.maxAttempts = 2;
        QCOMPARE(text(whyOf<RetryGivenUp>(scenario).text), QStringLiteral("It was attempt 2 of at most 2."));

        scenario.clients[0].pipeline.retryBudget = RetryBudgetConfig{.ratio = Ratio::of(0.5), .minPerSecond = 0};
        const Explanation why = whyOf<RetryGivenUp>(scenario);
        QCOMPARE(text(why.rule), QStringLiteral("retries 0 + 1 > 0.5 x 1 + 0 x 10"));

        Scenario failing = tests::bare({1s});
        failing.services[0].errorRate = 1;
        failing.clients[0].operation = {};
        tests::use(failing.clients[0].pipeline, {PolicyKind::Retry});
        QCOMPARE(text(whyOf<RetryGivenUp>(failing).rule), QStringLiteral("not idempotent, no request id"));
    }

    void anAttemptIsNotItsCall()
    {
        Scenario scenario = refusing({PolicyKind::Retry});
        scenario.clients[0].pipeline.retry = {.maxAttempts = 2, .backoff = {.baseDelay = 500ms}};
        QCOMPARE(text(whyOf<Finished>(scenario, 1).title), QStringLiteral("Attempt 1 of call 1 failed at 1.02 s"));
        QVERIFY(text(whyOf<Finished>(scenario, 1).text)
                    .endsWith(QStringLiteral("The call goes on: its next attempt is planned for 1.52 s.")));
        QVERIFY(text(whyOf<Finished>(scenario, 2).text)
                    .endsWith(QStringLiteral("It is not tried again, so the call ends with it.")));
        QCOMPARE(text(whyOf<Finished>(refusing({})).title), QStringLiteral("Call 1 failed at 1.02 s"));
    }

    void aCrashAnswersNothing()
    {
        Scenario scenario = tests::bare({1s});
        scenario.script.insert({at(1050ms), 0, SetFault{0, FaultKind::Crash, 1}});
        const Explanation answer = whyOf<Answered>(scenario);
        QCOMPARE(text(answer.title), QStringLiteral("The connection of call 1 broke at 1.05 s"));
        const Explanation end = whyOf<Finished>(scenario);
        QCOMPARE(text(end.text), QStringLiteral("shop crashed at 1.05 s with this call on it. It answers nothing; the "
                                                "caller sees that the connection is gone, 60 ms after it had sent the "
                                                "call."));
        scenario.script = {};
        scenario.services[0].errorRate = 1;
        QCOMPARE(text(whyOf<Finished>(scenario).text), QStringLiteral("shop answered with an error after 120 ms."));
    }

    void halfOpenPromisesNoMoment()
    {
        Scenario scenario = tests::bare({1s, 1s, 1s, 4s, 4010ms, 4020ms});
        tests::use(scenario.clients[0].pipeline, {PolicyKind::CircuitBreaker});
        CircuitBreakerConfig &breaker = scenario.clients[0].pipeline.circuitBreaker;
        breaker.failureThreshold = 3;
        breaker.openDuration = 2s;
        breaker.halfOpenMaxCalls = 1;
        scenario.script.insert({kTimeZero, 0, SetFault{0, FaultKind::Outage, 1}});
        scenario.script.insert({at(2s), 0, ClearFault{0, FaultKind::Outage}});
        const Explanation why = whyOf<Rejected>(scenario, 1);
        QCOMPARE(text(why.text),
                 QStringLiteral("Half-open since 4.0 s: it lets 1 trial call pass, and all are given. 0 succeeded, 0 "
                                "failed, 1 is still out. How they end decides what the next call gets. If there is no "
                                "verdict by 6.0 s, it opens again."));
        QCOMPARE(text(why.rule), QStringLiteral("half-open: trials given 1 >= 1 -> turned away"));
        QCOMPARE(why.counted.size(), size_t(1));
    }

    void aFullBulkheadTellsSlotsAndSeats()
    {
        Scenario scenario = tests::bare({1s, 1s, 1s});
        tests::use(scenario.clients[0].pipeline, {PolicyKind::Bulkhead});
        scenario.clients[0].pipeline.bulkhead = {.maxConcurrent = 1, .maxQueue = 1, .maxWait = 50ms};
        QCOMPARE(text(whyOf<Rejected>(scenario, 1).rule), QStringLiteral("slots 1 >= 1, queue 1 >= 1"));
        QCOMPARE(
            text(whyOf<Rejected>(scenario, 2).text),
            QStringLiteral("It waited from 1.0 s on, 50 ms, and no slot came free for it. Longer it may not wait."));
        scenario.clients[0].pipeline.bulkhead.maxWait = 0s;
        const Explanation on = whyOf<Admitted>(scenario);
        QCOMPARE(text(on.text), QStringLiteral("The slot of call 1 came free, and it had waited longest: 120 ms."));
    }

    void timeoutsTellWhichLimit()
    {
        Scenario scenario = tests::bare({1s});
        tests::use(scenario.clients[0].pipeline, {PolicyKind::TotalTimeout, PolicyKind::AttemptTimeout});
        scenario.clients[0].pipeline.attemptTimeout = 80ms;
        QCOMPARE(text(whyOf<Finished>(scenario).text),
                 QStringLiteral("The attempt timeout of 80 ms was over: no answer had come within 80 ms."));
        scenario.clients[0].pipeline.totalTimeout = 70ms;
        QCOMPARE(text(whyOf<Finished>(scenario).text),
                 QStringLiteral("The total timeout of 70 ms was over: no answer had come within 70 ms."));
    }

    void figures_data()
    {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const std::string &made, const char *expected) {
            QTest::newRow(name) << text(made) << QString::fromUtf8(expected);
        };
        row("span", spanText(674'424us), "674 ms");
        row("span of seconds", spanText(2642ms), "2.64 s");
        row("round span", spanText(5s), "5 s");
        row("long span", spanText(952'400ms), "952 s");
        row("span up to a second", spanText(999'700us), "1 s");
        row("no span", spanText(0s), "0 s");
        row("span beside its limit", spanText(2'000'400us, 2s), "2.0004 s");
        row("moment", momentText(at(8100ms)), "8.1 s");
        row("whole moment", momentText(at(10s)), "10.0 s");
        row("moment that is nearly another", momentText(at(10'899'999us)), "10.89 s");
        row("moment of a file", durationText(at(10'899'999us + 999ns)), "10.899 s");
        row("moment of a quick run", durationText(at(12'345'678ns)), "12.345 ms");
        row("early moment", momentText(at(12ms)), "0.012 s");
        row("start", momentText(kTimeZero), "0.0 s");
        row("nearly a token", decimalDown(0.999), "0.99");
        row("a little more than a level", decimalUp(4.001), "4.01");
        row("not quite whole", decimal(19.004), "19.0");
        row("whole", decimal(19), "19");
        row("list", listText({"a", "b", "c"}), "a, b and c");
        row("share", percent(1, 8), "12.5 %");
    }
    void figures()
    {
        QFETCH(QString, made);
        QTEST(made, "expected");
    }
};

REGISTER_TEST(ExplainTest)
#include "explain_test.moc"
