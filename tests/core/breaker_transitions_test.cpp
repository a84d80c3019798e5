// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

// What follows each trigger, written out by hand, in the order of kBreakerTriggers: threshold, call after wait, trials
// passed, failed, expired, then the operator's hand. A dash: the trigger means nothing there.
constexpr struct {
    BreakerState from;
    const char *next[kBreakerTriggers.size()];
} kExpected[] = {
    {BreakerState::Closed,
     {"open", "-", "-", "-", "-", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only", "-"}},
    {BreakerState::Open,
     {"-", "half-open", "-", "-", "-", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only", "-"}},
    {BreakerState::HalfOpen,
     {"-", "-", "closed", "open", "open", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only",
      "-"}},
    {BreakerState::ForcedOpen,
     {"-", "-", "-", "-", "-", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only", "closed"}},
    {BreakerState::Disabled,
     {"-", "-", "-", "-", "-", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only", "closed"}},
    {BreakerState::MetricsOnly,
     {"-", "-", "-", "-", "-", "closed", "open", "half-open", "forced-open", "disabled", "metrics-only", "closed"}},
};

constexpr Time kChangesAt = at(100s);

// Does to the breaker what pulls the trigger in the state that listens to it.
void pull(CircuitBreaker &breaker, BreakerTrigger trigger)
{
    switch (trigger) {
    case BreakerTrigger::ThresholdReached:
        tests::calls(breaker, "FFF", kChangesAt);
        break;
    case BreakerTrigger::CallAfterWait:
        breaker.tryAcquire(kChangesAt + breaker.config().openDuration);
        break;
    case BreakerTrigger::TrialsPassed:
        tests::calls(breaker, "SS", kChangesAt);
        break;
    case BreakerTrigger::TrialsFailed:
        tests::calls(breaker, "F", kChangesAt);
        break;
    case BreakerTrigger::TrialsExpired:
        breaker.onDeadline(kChangesAt + breaker.config().halfOpenPatience());
        break;
    default:
        breaker.force(trigger, kChangesAt);
        break;
    }
}

} // namespace

class BreakerTransitionsTest : public QObject {
    Q_OBJECT
private slots:
    void table_data()
    {
        QTest::addColumn<BreakerState>("from");
        QTest::addColumn<BreakerTrigger>("trigger");
        QTest::addColumn<QString>("next");
        QCOMPARE(std::size(kExpected), kBreakerStates.size());
        for (const auto &row : kExpected)
            for (size_t i = 0; i < kBreakerTriggers.size(); ++i)
                QTest::addRow("%s, %s", name(row.from), name(kBreakerTriggers[i]))
                    << row.from << kBreakerTriggers[i] << row.next[i];
    }
    void table()
    {
        QFETCH(BreakerState, from);
        QFETCH(BreakerTrigger, trigger);
        const auto next = nextState(from, trigger);
        QTEST(QString::fromLatin1(next ? name(*next) : "-"), "next");
    }

    void engineFollowsTheTable_data() { table_data(); }
    void engineFollowsTheTable()
    {
        QFETCH(BreakerState, from);
        QFETCH(BreakerTrigger, trigger);
        QFETCH(QString, next);
        CircuitBreaker breaker = tests::inState(from, kChangesAt);
        const CircuitBreaker before = breaker;
        const bool moves = next != QLatin1String("-"); // a command, into the same state too

        pull(breaker, trigger);

        const BreakerView view = breaker.view(kChangesAt);
        const bool moved = breaker.generation() != before.generation() && view.lastTrigger == trigger;
        QCOMPARE(moved, moves);
        if (moves) {
            QCOMPARE(QString::fromLatin1(name(view.state)), next);
            QCOMPARE(breaker.generation(), before.generation() + 1);
            QCOMPARE(view.window, WindowCounts{});
        }
    }

    // A hand on the switch says whether it did anything, and doing nothing leaves no trace.
    void forceReportsWhatItDid_data() { table_data(); }
    void forceReportsWhatItDid()
    {
        QFETCH(BreakerState, from);
        QFETCH(BreakerTrigger, trigger);
        QFETCH(QString, next);
        CircuitBreaker breaker = tests::inState(from, kChangesAt);
        const CircuitBreaker before = breaker;
        const bool byHand = trigger >= BreakerTrigger::ForceClosed;
        const bool moves = byHand && next != QLatin1String("-");
        QCOMPARE(breaker.force(trigger, kChangesAt), moves);
        QCOMPARE(breaker == before, !moves);
    }

    void namesAreUnique()
    {
        std::set<std::string> names;
        for (const BreakerState state : kBreakerStates)
            names.insert(name(state));
        QCOMPARE(names.size(), kBreakerStates.size());
        for (const BreakerTrigger trigger : kBreakerTriggers)
            names.insert(name(trigger));
        QCOMPARE(names.size(), kBreakerStates.size() + kBreakerTriggers.size());
        QVERIFY(!names.contains("?"));
    }
};
REGISTER_TEST(BreakerTransitionsTest)

#include "breaker_transitions_test.moc"
