// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/correct_run.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::labs;
using namespace std::chrono_literals;

namespace {

Timeline playedBreaker(const char *scenario, std::initializer_list<std::pair<const char *, double>> knobs = {})
{
    const auto chosen = labWithId("circuit-breaker")->scenario(scenario);
    sim::Journal journal = chosen->script;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, sim::TurnKnob{*sim::knobNamed(knob), value}});
    Timeline timeline(chosen, chosen->seed, journal);
    timeline.runTo(at(chosen->until));
    return timeline;
}

template <typename T, typename Where> size_t countEvents(const Timeline &timeline, Where where)
{
    size_t count = 0;
    for (uint64_t number = 1; number <= timeline.lastEvent(); ++number)
        if (const T *detail = timeline.history().log().numbered(number)->as<T>())
            count += where(*detail);
    return count;
}

size_t openings(const Timeline &timeline)
{
    return countEvents<sim::Transitioned>(timeline,
                                          [](const auto &moved) { return moved.move.to == BreakerState::Open; });
}

} // namespace

// The point of each scenario of step 1, as numbers.
class CircuitBreakerLabTest : public QObject {
    Q_OBJECT
private slots:
    void outageAndRecovery()
    {
        const Timeline run = playedBreaker("outage-and-recovery");
        QCOMPARE(openings(run), size_t(2)); // by the threshold, and by the failed trial
        QVERIFY(run.world().breakerOf(0).state() == BreakerState::Closed);
        const sim::Totals &totals = run.world().totals();
        QCOMPARE(totals.of(sim::RequestOutcome::Failed), uint64_t(4)); // 3 to notice, 1 to try
        QVERIFY(totals.of(sim::RequestOutcome::ShortCircuited) >= 15);
    }

    void flappingOpensAgainAndAgain() { QVERIFY(openings(playedBreaker("flapping")) >= 6); }

    void slowNotDeadTripsWithoutOneFailure()
    {
        const Timeline run = playedBreaker("slow-not-dead");
        QCOMPARE(run.world().totals().of(sim::RequestOutcome::Failed), uint64_t(0));
        QCOMPARE(run.world().totals().of(sim::RequestOutcome::TimedOut), uint64_t(0));
        QVERIFY(openings(run) >= 2);
        QVERIFY(run.world().breakerOf(0).state() == BreakerState::Closed);
        // The same run, judged on failures alone, never opens.
        QCOMPARE(openings(playedBreaker("slow-not-dead", {{"slow_call_duration", 60}})), size_t(0));
    }

    void aWaitNotRestartedLetsEveryCallThrough()
    {
        const auto reached = [](const Timeline &run) {
            return countEvents<sim::Answered>(run, [](const auto &answer) { return answer.refused; });
        };
        const size_t right = reached(playedBreaker("outage-and-recovery"));
        const size_t broken = reached(playedBreaker("outage-and-recovery", {{"broken_wait_not_restarted", 1}}));
        QVERIFY2(broken > right, qPrintable(QStringLiteral("%1 against %2").arg(broken).arg(right)));
    }

    void unlimitedTrialsLetACrowdThrough()
    {
        const auto trials = [](const Timeline &run) {
            return countEvents<sim::Sent>(run, [](const auto &sent) { return sent.permit.trial; });
        };
        // A rate at which more calls come than the first trial takes to answer.
        const size_t right = trials(playedBreaker("outage-and-recovery", {{"arrival_rate", 20}}));
        const size_t broken =
            trials(playedBreaker("outage-and-recovery", {{"arrival_rate", 20}, {"broken_unlimited_trials", 1}}));
        QVERIFY2(broken >= 2 * right, qPrintable(QStringLiteral("%1 against %2").arg(broken).arg(right)));
    }

    // Where the service comes back cold, either slip costs: fewer succeed, more fail, and more hit it. On any seed.
    void aSlipCosts_data()
    {
        QTest::addColumn<QString>("slip");
        QTest::newRow("wait") << "broken_wait_not_restarted";
        QTest::newRow("trials") << "broken_unlimited_trials";
    }
    void aSlipCosts()
    {
        QFETCH(QString, slip);
        const auto chosen = labWithId("circuit-breaker")->scenario("slow-return");
        sim::Journal journal = chosen->script;
        journal.insert({kTimeZero, 0, sim::TurnKnob{*sim::knobNamed(slip.toStdString()), 1}});
        for (uint64_t seed = 1; seed <= 40; ++seed) {
            Timeline broken(chosen, seed, journal);
            broken.runTo(at(chosen->until));
            const auto beside = sim::CorrectRun().beside(broken);
            QVERIFY(beside);
            // What stands beside it is the run that has never had the slip.
            Timeline correct(chosen, seed, chosen->script);
            correct.runTo(at(chosen->until));
            QVERIFY(beside->correct.totals == correct.world().totals());
            QVERIFY(beside->ours.totals == broken.world().totals());
            QVERIFY(beside->correct.states == correct.history().states(0));
            QCOMPARE(beside->since, kTimeZero);
            QVERIFY(beside->ours.totals.of(sim::RequestOutcome::Succeeded) + 10
                    <= beside->correct.totals.of(sim::RequestOutcome::Succeeded));
            QVERIFY(beside->ours.totals.of(sim::RequestOutcome::TimedOut)
                    > beside->correct.totals.of(sim::RequestOutcome::TimedOut));
        }
    }

    // It follows back and forth, and begins where the slip does.
    void theCorrectRunFollows()
    {
        const auto chosen = labWithId("circuit-breaker")->scenario("slow-return");
        Timeline run(chosen);
        sim::CorrectRun correct;
        run.runTo(at(9s));
        QVERIFY(!correct.beside(run));
        QVERIFY(!run.intervene(sim::TurnKnob{*sim::knobNamed("broken_wait_not_restarted"), 1}));
        for (const Duration when : {Duration{20s}, Duration{12s}, Duration{30s}, Duration{9s}}) {
            run.runTo(at(when));
            const auto beside = correct.beside(run);
            QVERIFY(beside);
            QCOMPARE(beside->since, at(9s));
            Timeline alone(chosen);
            alone.runTo(at(when));
            QVERIFY(beside->correct.totals == alone.world().totals());
            QCOMPARE(beside->correct.totals.offered, beside->ours.totals.offered); // the same calls
        }
        run.runTo(at(5s));
        QVERIFY(!correct.beside(run)); // up to here the two are one
    }
};

REGISTER_TEST(CircuitBreakerLabTest)
#include "circuit_breaker_test.moc"
