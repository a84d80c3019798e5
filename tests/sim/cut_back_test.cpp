// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"
#include "tests/register_test.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using tests::anyIntervention;
using tests::calmScenario;
using tests::outageScenario;

namespace {

// Calls in such number that a log of all of them would be too long.
std::shared_ptr<const Scenario> busyScenario()
{
    Scenario scenario = calmScenario();
    scenario.clients.front().arrivals.rate = 1000;
    return std::make_shared<const Scenario>(scenario);
}

const KnobSpec &knobOf(uint32_t index) { return knobs()[index]; }

} // namespace

// A run that is changed where it stands, or further back, is the run that was changed there from the first.
class CutBackTest : public QObject {
    Q_OBJECT

    // What changing the very same thing again costs, in turns, `times` over.
    static uint64_t costOfDragging(Timeline &timeline, int times)
    {
        const uint32_t knob = *knobNamed("open_duration");
        timeline.intervene(TurnKnob{knob, knobOf(knob).minimum});
        const uint64_t before = timeline.turnsTaken();
        for (int i = 1; i <= times; ++i)
            timeline.intervene(TurnKnob{knob, knobOf(knob).minimum + i});
        return timeline.turnsTaken() - before;
    }

private slots:
    void aChangedRunIsTheRunPlayedSoFromTheStart()
    {
        QVERIFY(rc::check([] {
            Timeline timeline(outageScenario(), *rc::gen::inRange<uint64_t>(0, 1000), outageScenario()->script);
            for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
                timeline.runTo(at(Duration{*rc::gen::inRange<int64_t>(0, 60'000'000'000)}));
                for (int steps = *rc::gen::inRange(0, 3); steps > 0; --steps)
                    timeline.stepEvent();
                // At the same place again and again, as a dragged slider does.
                for (int again = *rc::gen::inRange(1, 4); again > 0; --again)
                    timeline.intervene(anyIntervention(timeline.world()));

                Timeline fresh(timeline.sharedScenario(), timeline.seed(), timeline.journal());
                while (fresh.world().steps() < timeline.world().steps() || fresh.lastEvent() < timeline.lastEvent())
                    RC_ASSERT(fresh.stepEvent());
                if (fresh.now() < timeline.now()) // it was halted between two events
                    fresh.runTo(timeline.now());
                RC_ASSERT(fresh.world() == timeline.world());
                RC_ASSERT(fresh.milestones() == timeline.milestones());
                RC_ASSERT(fresh.lastEvent() == timeline.lastEvent());
                RC_ASSERT(fresh.frontier() == timeline.frontier());
                RC_ASSERT(fresh.history() == timeline.history());
            }
        }));
    }

    void draggingWhilePausedCostsWhatGoingBackDoes_data()
    {
        QTest::addColumn<int>("played");
        for (const int seconds : {10, 60, 150})
            QTest::newRow(qPrintable(QStringLiteral("after %1 s").arg(seconds))) << seconds;
    }
    void draggingWhilePausedCostsWhatGoingBackDoes()
    {
        QFETCH(int, played);
        Timeline timeline(busyScenario());
        timeline.runTo(at(std::chrono::seconds{played}));
        const uint64_t turns = timeline.turnsTaken();
        Timeline back = timeline;
        back.stepEventBack();
        back.stepEvent();
        const uint64_t goingBack = back.turnsTaken() - turns;
        const uint64_t dragging = costOfDragging(timeline, 10);
        QVERIFY2(dragging <= 10 * (goingBack + 2), qPrintable(QString::number(dragging)));
        QVERIFY(dragging < turns / 10);
    }

    void draggingInThePastCostsNoMore()
    {
        Timeline timeline(busyScenario());
        timeline.runTo(at(100s));
        const uint64_t turns = timeline.turnsTaken();
        timeline.runTo(at(50s));
        const uint64_t goingBack = timeline.turnsTaken() - turns;
        QVERIFY(costOfDragging(timeline, 10) <= 10 * (goingBack + 2));
        QCOMPARE(timeline.frontier(), at(50s));
    }

    // More events than the log holds, and all is as if the run had never gone further.
    void longRunsAreCutBackExactly()
    {
        Timeline timeline(busyScenario());
        timeline.runTo(at(100s));
        QCOMPARE(timeline.history().log().size(), EventLog::kCapacity);
        for (int i = 0; i < 3; ++i)
            timeline.intervene(SetFault{0, FaultKind::Latency, double(i)});
        Timeline fresh(timeline.sharedScenario(), timeline.seed(), timeline.journal());
        fresh.runTo(at(100s));
        QVERIFY(fresh.history() == timeline.history());
        QCOMPARE(fresh.history().log().firstNumber(), fresh.lastEvent() + 1 - EventLog::kCapacity);
    }

    void whatAJournalRefusedIsForgottenWithItsEntry()
    {
        Journal journal;
        journal.insert({at(9s), 0, TurnKnob{*knobNamed("window_type"), 1}});
        journal.insert({at(10s), 0, TurnKnob{*knobNamed("window_calls"), 5}}); // below minimum_calls, 10
        Timeline timeline(outageScenario(), 1, journal);
        timeline.runTo(at(20s));
        QVERIFY(timeline.refusal());
        timeline.intervene(SetFault{0, FaultKind::Latency, 1});
        timeline.intervene(SetFault{0, FaultKind::Latency, 2});
        QVERIFY(timeline.refusal());
        timeline.runTo(at(5s));
        timeline.intervene(SetFault{0, FaultKind::Latency, 1});
        QVERIFY(!timeline.refusal());
    }
};

REGISTER_TEST(CutBackTest)
#include "cut_back_test.moc"
