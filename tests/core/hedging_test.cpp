// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/hedging.h"
#include "tests/register_test.h"

#include <QtTest>

#include <initializer_list>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using HedgeKind = HedgingVerdict::Kind;

constexpr Operation kRepeatable{.idempotent = true, .hasRequestId = false};
const Time t0 = at(10s);

AttemptSet set(std::initializer_list<uint32_t> numbers)
{
    AttemptSet attempts;
    for (const uint32_t number : numbers)
        attempts.add(number);
    return attempts;
}

HedgingVerdict verdict(HedgeKind kind, uint32_t answer, AttemptSet start = {}, AttemptSet cancel = {})
{
    return {kind, answer, start, cancel};
}

Failure of(ErrorKind kind, std::optional<Duration> retryAfter = std::nullopt)
{
    return {kind, retryAfter, std::nullopt};
}

// One call, 100 ms from attempt to attempt, four at most.
struct Case {
    explicit Case(std::optional<Duration> delay = 100ms, uint32_t maxAttempts = 4) : hedging({maxAttempts, delay}) {}

    HedgingVerdict due(Duration after) { return hedging.onDeadline(call, t0 + after, budget); }
    HedgingVerdict fails(uint32_t number, Duration after, const Failure &failure = of(ErrorKind::ServerError))
    {
        return hedging.onResult(call, number, Outcome::Failure, failure, t0 + after, budget);
    }
    HedgingVerdict succeeds(uint32_t number, Duration after)
    {
        return hedging.onResult(call, number, Outcome::Success, {}, t0 + after, budget);
    }

    Hedging hedging;
    RetryBudget *budget = nullptr;
    HedgedCall call = hedging.begin(t0, kRepeatable);
};

} // namespace

class HedgingTest : public QObject {
    Q_OBJECT
private slots:
    void theNextBeginsAfterTheDelay()
    {
        Case c;
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 100ms);
        QVERIFY(c.due(100ms - 1ns) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(Case(c).due(100ms) == verdict(HedgeKind::Waiting, 0, set({2})));
        // Who is late begins one, and the next is spaced from there.
        QVERIFY(c.due(350ms) == verdict(HedgeKind::Waiting, 0, set({2})));
        QVERIFY(c.due(350ms) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.due(450ms - 1ns) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.due(450ms + 1ns) == verdict(HedgeKind::Waiting, 0, set({3})));
        QVERIFY(c.due(550ms) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.due(550ms + 1ns) == verdict(HedgeKind::Waiting, 0, set({4})));
        QVERIFY(!c.hedging.nextDeadline(c.call));
        QCOMPARE(c.hedging.whyNot(c.call), NoHedge::MaxAttempts);
        QVERIFY(c.call.running == set({1, 2, 3, 4}));
    }

    void withoutADelayAllAtOnce()
    {
        Case c(0ns);
        QVERIFY(c.hedging.nextDeadline(c.call) == t0);
        QVERIFY(c.due(0ns) == verdict(HedgeKind::Waiting, 0, set({2, 3, 4})));
        QVERIFY(!c.hedging.nextDeadline(c.call));
    }

    void withDelayNoneOnlyAfterAFailure()
    {
        Case c(std::nullopt);
        QVERIFY(!c.hedging.nextDeadline(c.call));
        QVERIFY(c.due(1h) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.fails(1, 1h) == verdict(HedgeKind::Waiting, 0, set({2})));
        QVERIFY(!c.hedging.nextDeadline(c.call));
        QVERIFY(c.fails(2, 2h) == verdict(HedgeKind::Waiting, 0, set({3})));
        QVERIFY(c.succeeds(3, 2h) == verdict(HedgeKind::Won, 3));
    }

    void theFirstSuccessWins()
    {
        Case c;
        c.due(100ms);
        c.due(200ms);
        QVERIFY(c.succeeds(2, 250ms) == verdict(HedgeKind::Won, 2, {}, set({1, 3})));
        QCOMPARE(c.call.winner, 2u);
        QVERIFY(c.call.cancelled == set({1, 3}));
        QVERIFY(c.call.running.empty());
        QVERIFY(!c.hedging.nextDeadline(c.call));
        QCOMPARE(c.hedging.whyNot(c.call), NoHedge::Over);
        const HedgedCall before = c.call;
        QVERIFY(c.succeeds(1, 250ms) == verdict(HedgeKind::Late, 0));
        QVERIFY(c.fails(3, 250ms) == verdict(HedgeKind::Late, 0));
        QVERIFY(c.succeeds(2, 250ms) == verdict(HedgeKind::Late, 0));
        QVERIFY(c.due(250ms) == verdict(HedgeKind::Late, 0));
        QVERIFY(c.hedging.giveUp(c.call, t0 + 250ms) == verdict(HedgeKind::Late, 0));
        QVERIFY(c.call == before);
    }

    void aResultAndTheDelayAtOneMoment()
    {
        Case first;
        QVERIFY(first.succeeds(1, 100ms) == verdict(HedgeKind::Won, 1));
        QVERIFY(first.due(100ms) == verdict(HedgeKind::Late, 0));
        Case second;
        QVERIFY(second.due(100ms) == verdict(HedgeKind::Waiting, 0, set({2})));
        QVERIFY(second.succeeds(1, 100ms) == verdict(HedgeKind::Won, 1, {}, set({2})));
    }

    void aFailureBeginsTheNextAtOnce()
    {
        Case c;
        QVERIFY(c.fails(1, 30ms) == verdict(HedgeKind::Waiting, 0, set({2})));
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 130ms);
        QVERIFY(c.due(130ms - 1ns) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.due(130ms) == verdict(HedgeKind::Waiting, 0, set({3})));
        QVERIFY(c.fails(3, 140ms) == verdict(HedgeKind::Waiting, 0, set({4})));
        QVERIFY(c.fails(2, 150ms) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.fails(4, 160ms) == verdict(HedgeKind::GiveUp, 4));
        QVERIFY(c.call.failed == set({1, 2, 3, 4}));
    }

    void theServersWishIsALowerBound()
    {
        Case c;
        QVERIFY(c.fails(1, 10ms, of(ErrorKind::ServerError, 300ms)) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 310ms);
        QVERIFY(c.due(310ms - 1ns) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.due(310ms) == verdict(HedgeKind::Waiting, 0, set({2})));
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 410ms);
        c.due(410ms);
        // A shorter wish, or none, of another attempt does not shorten it.
        c.fails(2, 420ms, of(ErrorKind::ServerError, 500ms));
        QVERIFY(c.fails(3, 430ms) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 920ms);
    }

    void whatFailuresMean_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("retryable"); // -1 = not said
        QTest::addColumn<QString>("effect");
        const auto row = [](const char *title, ErrorKind kind, int retryable, const char *effect) {
            QTest::newRow(title) << int(kind) << retryable << QString::fromLatin1(effect);
        };
        row("not sent", ErrorKind::NotSent, -1, "next");
        row("timeout", ErrorKind::Timeout, -1, "next");
        row("server error", ErrorKind::ServerError, -1, "next");
        row("other", ErrorKind::Other, -1, "next");
        row("rejected", ErrorKind::Rejected, -1, "no more");
        row("rejected, try again", ErrorKind::Rejected, 1, "next");
        row("client error", ErrorKind::ClientError, -1, "fatal");
        row("client error, do not", ErrorKind::ClientError, 0, "fatal");
        row("client error, try again", ErrorKind::ClientError, 1, "next");
        row("server error, do not", ErrorKind::ServerError, 0, "no more");
        row("server error, try again", ErrorKind::ServerError, 1, "next");
    }
    void whatFailuresMean()
    {
        QFETCH(int, kind);
        QFETCH(int, retryable);
        QFETCH(QString, effect);
        Failure failure = of(ErrorKind(kind));
        if (retryable >= 0)
            failure.retryable = retryable == 1;
        Case c;
        c.due(100ms);
        const HedgingVerdict found = c.fails(2, 150ms, failure);
        if (effect == QLatin1String("next")) {
            QVERIFY(found == verdict(HedgeKind::Waiting, 0, set({3})));
        } else if (effect == QLatin1String("no more")) {
            QVERIFY(found == verdict(HedgeKind::Waiting, 0));
            QCOMPARE(c.hedging.whyNot(c.call), NoHedge::ToldNotTo);
            QVERIFY(!c.hedging.nextDeadline(c.call));
            QVERIFY(c.due(1h) == verdict(HedgeKind::Waiting, 0));
            QVERIFY(c.succeeds(1, 1h) == verdict(HedgeKind::Won, 1));
        } else {
            QVERIFY(found == verdict(HedgeKind::GiveUp, 2, {}, set({1})));
        }
    }

    void neutralEndingsEndTheCall()
    {
        for (const Outcome outcome : {Outcome::Ignored, Outcome::Cancelled}) {
            Case c;
            c.due(100ms);
            const HedgingVerdict found = c.hedging.onResult(c.call, 1, outcome, {}, t0 + 120ms);
            QVERIFY(found == verdict(HedgeKind::GiveUp, 1, {}, set({2})));
        }
        Case c;
        c.due(100ms);
        QVERIFY(c.hedging.giveUp(c.call, t0 + 120ms) == verdict(HedgeKind::GiveUp, 0, {}, set({1, 2})));
    }

    // A rejection by one of our own patterns tells less than what the target said.
    void answersWithTheLatestRealFailure()
    {
        Case c;
        c.due(100ms);
        c.due(200ms);
        c.fails(1, 210ms, of(ErrorKind::Rejected));
        QCOMPARE(c.call.answer, 1u);
        c.fails(3, 220ms);
        QVERIFY(c.fails(2, 230ms, of(ErrorKind::Rejected)) == verdict(HedgeKind::GiveUp, 3));
        Case stopped;
        stopped.fails(1, 10ms);
        QVERIFY(stopped.hedging.onResult(stopped.call, 2, Outcome::Cancelled, {}, t0 + 20ms)
                == verdict(HedgeKind::GiveUp, 1));
        Case only;
        only.due(100ms);
        only.fails(1, 110ms, of(ErrorKind::Rejected));
        QVERIFY(only.fails(2, 120ms, of(ErrorKind::Rejected)) == verdict(HedgeKind::GiveUp, 2));
    }

    void whatMustNotBeRepeatedIsNotHedged()
    {
        const Hedging hedging({4, 0ns});
        HedgedCall call = hedging.begin(t0, {});
        QCOMPARE(hedging.whyNot(call), NoHedge::NotRepeatable);
        QVERIFY(!hedging.nextDeadline(call));
        QVERIFY(hedging.onDeadline(call, t0 + 1h) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(hedging.onResult(call, 1, Outcome::Failure, of(ErrorKind::NotSent), t0 + 1h)
                == verdict(HedgeKind::GiveUp, 1));
        const HedgedCall withId = hedging.begin(t0, {.idempotent = false, .hasRequestId = true});
        QVERIFY(hedging.nextDeadline(withId) == t0);
    }

    void noAttemptBeginsAtTheDeadline()
    {
        for (const Duration more : {-1ns, 0ns, 1ns}) {
            Case c;
            c.call.deadline = Deadline::at(t0 + 100ms + more);
            QCOMPARE(c.hedging.nextDeadline(c.call).has_value(), more == 1ns);
            QCOMPARE(c.due(100ms).start.count(), more == 1ns ? 1u : 0u);
            // An attempt that runs is not the deadline's business here; a failure then ends the call.
            QVERIFY(c.fails(1, 100ms).isOver() == (more != 1ns));
        }
        // The wish of the server cannot be waited for.
        for (const Duration more : {0ns, 1ns}) {
            Case c;
            c.call.deadline = Deadline::at(t0 + 300ms + more);
            const HedgingVerdict found = c.fails(1, 100ms, of(ErrorKind::ServerError, 200ms));
            QVERIFY(found == (more == 0ns ? verdict(HedgeKind::GiveUp, 1) : verdict(HedgeKind::Waiting, 0)));
        }
        // Nobody runs, and who should have begun the next attempt comes too late.
        Case c;
        c.call.deadline = Deadline::at(t0 + 300ms);
        c.fails(1, 100ms, of(ErrorKind::ServerError, 100ms));
        QVERIFY(c.due(300ms) == verdict(HedgeKind::GiveUp, 1));
    }

    void aBudgetCountsHedges()
    {
        RetryBudget budget({Ratio::of(0), 1, 2s}); // two in two seconds
        Case c(0ns);
        c.budget = &budget;
        c.call = c.hedging.begin(t0, kRepeatable, {}, &budget);
        QVERIFY(c.due(0ns) == verdict(HedgeKind::Waiting, 0, set({2, 3})));
        QCOMPARE(c.hedging.whyNot(c.call), NoHedge::Budget);
        QVERIFY(c.due(1h) == verdict(HedgeKind::Waiting, 0));
        QCOMPARE(budget.view(t0).requests, 1u);
        QCOMPARE(budget.view(t0).retries, 2u);
        QCOMPARE(budget.view(t0).rejected, uint64_t{1});
        Case refused;
        refused.budget = &budget;
        QVERIFY(refused.fails(1, 0ns) == verdict(HedgeKind::GiveUp, 1));
        // Nobody runs, and the budget refuses what was to come.
        Case later;
        later.budget = &budget;
        later.fails(1, 0ns, of(ErrorKind::ServerError, 1ms));
        QVERIFY(later.due(1ms) == verdict(HedgeKind::GiveUp, 1));
    }

    void timeDoesNotGoBack()
    {
        Case c;
        c.due(100ms);
        QVERIFY(c.due(-5s) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.fails(1, -5s) == verdict(HedgeKind::Waiting, 0, set({3})));
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 200ms);
        QVERIFY(c.succeeds(2, 0s).isOver());
        QVERIFY(c.call.latest == t0 + 100ms);
    }

    void theLargestDurations()
    {
        Case c(kDurationMax);
        QVERIFY(c.hedging.nextDeadline(c.call) == kTimeMax);
        QVERIFY(c.due(24h * 365 * 100) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.fails(1, 0s, of(ErrorKind::Other, kDurationMax)) == verdict(HedgeKind::Waiting, 0));
        QVERIFY(c.hedging.nextDeadline(c.call) == kTimeMax);
    }

    void refusesABadConfiguration_data()
    {
        QTest::addColumn<quint32>("maxAttempts");
        QTest::addColumn<qint64>("delay");
        QTest::addColumn<QString>("message");
        QTest::newRow("no attempt") << 0u << qint64{0} << "max_attempts: found 0, expected 1 to 8";
        QTest::newRow("too many") << 9u << qint64{0} << "max_attempts: found 9, expected 1 to 8";
        QTest::newRow("delay") << 2u << qint64{-1} << "delay: found -1e-09 s, expected 0 s (all at once) or more";
        QTest::newRow("fewest") << 1u << qint64{0} << "";
        QTest::newRow("most") << 8u << std::numeric_limits<qint64>::max() << "";
    }
    void refusesABadConfiguration()
    {
        QFETCH(quint32, maxAttempts);
        QFETCH(qint64, delay);
        QFETCH(QString, message);
        const HedgingConfig config{maxAttempts, Duration{delay}};
        const auto error = config.validate();
        QCOMPARE(error ? QString::fromStdString(error->message()) : QString(), message);
        if (!error)
            return;
        QVERIFY_EXCEPTION_THROWN(Hedging{config}, InvalidConfig);
        Hedging hedging;
        QVERIFY_EXCEPTION_THROWN(hedging.reconfigure(config), InvalidConfig);
        QVERIFY(hedging == Hedging());
    }

    void reconfiguringReachesCallsUnderWay()
    {
        Case c;
        c.hedging.reconfigure({3, 7ms});
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 100ms);
        c.due(100ms);
        QVERIFY(c.hedging.nextDeadline(c.call) == t0 + 107ms);
        c.due(107ms);
        QCOMPARE(c.hedging.whyNot(c.call), NoHedge::MaxAttempts);
        Case waiting;
        waiting.fails(1, 0s, of(ErrorKind::ServerError, 1s));
        waiting.hedging.reconfigure({1, 7ms});
        QVERIFY(waiting.due(0s) == verdict(HedgeKind::GiveUp, 1));
    }

    void attemptSets()
    {
        AttemptSet attempts;
        QVERIFY(attempts.empty() && !attempts.contains(0) && !attempts.contains(33));
        attempts.add(32);
        attempts.add(1);
        attempts.add(33); // there is no such number
        QCOMPARE(attempts.count(), 2u);
        attempts.add(set({5, 1}));
        attempts.remove(32);
        QVERIFY(attempts == set({1, 5}));
        QCOMPARE(attempts.takeFirst(), 1u);
        QCOMPARE(attempts.takeFirst(), 5u);
        QVERIFY(attempts.empty());
    }
};
REGISTER_TEST(HedgingTest)

#include "hedging_test.moc"
