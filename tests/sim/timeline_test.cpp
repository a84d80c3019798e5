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
using tests::eventsSoFar;
using tests::outageScenario;

namespace {

Time anyTime(Duration until) { return at(Duration{*rc::gen::inRange<int64_t>(0, until.count())}); }

// A run that somebody played with: random times, random interventions, some of them after going back.
Timeline playedWith()
{
    Timeline timeline(outageScenario(), *rc::gen::inRange<uint64_t>(0, 1000), outageScenario()->script);
    const int actions = *rc::gen::inRange(0, 8);
    for (int i = 0; i < actions; ++i) {
        timeline.runTo(anyTime(30s));
        for (int steps = *rc::gen::inRange(0, 3); steps > 0; --steps)
            timeline.stepEvent();
        timeline.intervene(anyIntervention(timeline.world()));
    }
    return timeline;
}

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT
private slots:
    void seekEqualsRunningTo()
    {
        QVERIFY(rc::check([] {
            Timeline timeline = playedWith();
            timeline.runTo(at(40s));
            const Time t = anyTime(40s);
            Timeline fresh(timeline.sharedScenario(), timeline.seed(), timeline.journal());
            fresh.runTo(t);
            timeline.runTo(t);
            RC_ASSERT(timeline.world() == fresh.world());
            RC_ASSERT(timeline.lastEvent() == fresh.lastEvent());
        }));
    }

    void journalReplaysToTheSameRun()
    {
        QVERIFY(rc::check([] {
            Timeline played = playedWith();
            const Time end = std::max(played.now(), anyTime(60s));
            played.runTo(end);
            Timeline replay(played.sharedScenario(), played.seed(), played.journal());
            replay.runTo(end);
            RC_ASSERT(replay.world() == played.world());
            RC_ASSERT(replay.history() == played.history());
            RC_ASSERT(!replay.refusal());
        }));
    }

    void forkLeavesItsParentUntouched()
    {
        QVERIFY(rc::check([] {
            Timeline parent = playedWith();
            const World world = parent.world();
            const Journal journal = parent.journal();
            const History history = parent.history();
            Timeline fork = parent;
            fork.intervene(anyIntervention(fork.world()));
            fork.runTo(saturatingAdd(fork.now(), 20s));
            fork.stepEventBack();
            RC_ASSERT(parent.world() == world);
            RC_ASSERT(parent.journal() == journal);
            RC_ASSERT(parent.history() == history);
        }));
    }

    void aChunkedRunIsTheSameRun()
    {
        QVERIFY(rc::check([] {
            Timeline whole(outageScenario());
            whole.runTo(at(30s));
            Timeline chunked(outageScenario());
            while (chunked.now() < at(30s)) {
                const Time next =
                    std::min(at(30s), chunked.now() + 100ms + Duration{*rc::gen::inRange<int64_t>(0, 4'000'000'000)});
                while (!chunked.runTo(next, 2)) {
                }
            }
            RC_ASSERT(chunked.world() == whole.world());
        }));
    }

    void stepEventGoesForthAndBack()
    {
        Timeline timeline(outageScenario());
        std::vector<World> worlds{timeline.world()};
        while (timeline.stepEvent(at(20s)))
            worlds.push_back(timeline.world());
        QVERIFY(worlds.size() > 80);
        for (size_t i = worlds.size() - 1; i > 0; --i) {
            QVERIFY(timeline.world() == worlds[i]);
            QVERIFY(timeline.stepEventBack());
        }
        QVERIFY(timeline.world() == worlds.front());
        QVERIFY(!timeline.stepEventBack());
    }

    void stepDecisionGoesForthAndBack()
    {
        Timeline timeline(outageScenario());
        std::vector<World> worlds{timeline.world()};
        while (timeline.stepDecision(at(20s)))
            worlds.push_back(timeline.world());
        // Two calls a second, each let through or turned away, and a few changes of state.
        QVERIFY(worlds.size() > 40);
        for (size_t i = worlds.size() - 1; i > 1; --i) {
            QVERIFY(timeline.stepDecisionBack());
            QVERIFY(timeline.world() == worlds[i - 1] || i == worlds.size() - 1);
        }
    }

    void stepStopsBeforeTheLimit()
    {
        Timeline timeline(outageScenario());
        QVERIFY(!timeline.stepEvent(at(499ms)));
        QCOMPARE(timeline.now(), kTimeZero);
        QVERIFY(timeline.stepEvent(at(500ms)));
        QCOMPARE(timeline.now(), at(500ms));
    }

    void runUntilHaltsRightAfterTheEvent()
    {
        Timeline timeline(outageScenario());
        const auto opened = [](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.to == BreakerState::Open;
        };
        QVERIFY(timeline.runUntil(opened, at(30s)));
        QCOMPARE(timeline.now(), at(6400ms));
        QVERIFY(opened(eventsSoFar(timeline).back()));
        QVERIFY(!timeline.runUntil([](const Event &event) { return event.as<LateAnswer>() != nullptr; }, at(30s)));
        QCOMPARE(timeline.now(), at(30s));
    }

    // A planned entry comes before everything of its instant; one made while halted in the middle comes after what
    // has happened there already.
    void interventionsKeepTheirPlaceWithinAnInstant()
    {
        const auto scenario = std::make_shared<const Scenario>(calmScenario());
        Timeline before(scenario);
        before.runTo(at(1ms));
        Journal planned;
        planned.insert({at(700ms), 0, SetFault{0, FaultKind::Outage, 1}}); // call 1 reaches the service at 0.7 s
        Timeline early(scenario, 1, planned);
        early.runTo(at(1s));
        Timeline late(scenario, 1, {});
        late.runTo(at(700ms));
        late.intervene(SetFault{0, FaultKind::Outage, 1});
        QCOMPARE(late.journal().entries().front().order, uint64_t(1));
        late.runTo(at(2s));
        early.runTo(at(2s));
        QCOMPARE(early.world().totals().of(RequestOutcome::Failed), uint64_t(3)); // calls 1, 2 and 3
        QCOMPARE(late.world().totals().of(RequestOutcome::Failed), uint64_t(2)); // call 1 was let in before
    }

    void anInterventionInThePastCutsTheFuture()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(20s));
        timeline.runTo(at(4s));
        QVERIFY(timeline.frontier() == at(20s));
        QVERIFY(!timeline.intervene(SetFault{0, FaultKind::Hang, 1}));
        QCOMPARE(timeline.frontier(), at(4s));
        QCOMPARE(timeline.journal().entries().size(), size_t(3)); // this, and the two of the script
        QCOMPARE(timeline.history().log().lastNumber(), timeline.lastEvent());
        QVERIFY(timeline.history().faults().front().kind == FaultKind::Hang);
        timeline.runTo(at(4500ms));
        QVERIFY(!timeline.intervene(ClearFault{0, FaultKind::Hang}));
        timeline.runTo(at(4200ms));
        QVERIFY(!timeline.intervene(SetFault{0, FaultKind::ErrorRate, 0.5}));
        QCOMPARE(timeline.journal().entries().size(), size_t(4)); // what was done at 4.5 s has gone
    }

    void theScriptGoesOnWhateverPeopleDo()
    {
        Timeline timeline(outageScenario());
        QVERIFY(!timeline.intervene(TurnKnob{*knobNamed("open_duration"), 7}));
        timeline.runTo(at(20s));
        QCOMPARE(timeline.history().faults().size(), size_t(1));
        QCOMPARE(timeline.history().faults().front().from, at(5s));
        QVERIFY(timeline.history().faults().front().to == at(13s));
        // Unless the journal never held it.
        Timeline bare(outageScenario(), 1, {});
        QVERIFY(!bare.intervene(TurnKnob{*knobNamed("open_duration"), 7}));
        QCOMPARE(bare.journal().entries().size(), size_t(1));
    }

    void aRefusedInterventionChangesNothing()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(3s));
        const World world = timeline.world();
        const auto knob = knobNamed("failure_threshold");
        const auto error = timeline.intervene(TurnKnob{*knob, 0});
        QVERIFY(error.has_value());
        QCOMPARE(QString::fromStdString(error->field), QStringLiteral("failure_threshold"));
        QVERIFY(timeline.world() == world);
        QVERIFY(timeline.journal() == outageScenario()->script);
    }

    void aJournalThatAsksForNonsenseIsReported()
    {
        Journal journal;
        journal.insert({at(1s), 0, TurnKnob{*knobNamed("window_type"), 1}});
        journal.insert({at(2s), 0, TurnKnob{*knobNamed("window_calls"), 5}}); // below minimum_calls, 10
        Timeline timeline(outageScenario(), 1, journal);
        timeline.runTo(at(5s));
        QVERIFY(timeline.refusal().has_value());
        QCOMPARE(timeline.refusal()->entry.at, at(2s));
        QCOMPARE(QString::fromStdString(timeline.refusal()->error.field),
                 QStringLiteral("circuit-breaker.minimum_calls"));
    }

    void aDraggedKnobLeavesOneEntry()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(3s));
        const uint32_t knob = *knobNamed("open_duration");
        for (const double value : {6.0, 7.0, 8.0})
            QVERIFY(!timeline.intervene(TurnKnob{knob, value}));
        QCOMPARE(timeline.journal().entries().size(), size_t(3)); // one, and the two of the script
        QCOMPARE(knobs()[knob].get(timeline.world()), 8.0);
        Timeline replay(timeline.sharedScenario(), timeline.seed(), timeline.journal());
        replay.runTo(at(20s));
        timeline.runTo(at(20s));
        QCOMPARE(replay.world().fingerprint().text(), timeline.world().fingerprint().text());
    }

    // The first of two turns of a knob stays where a turn of another in between needs it.
    void turnsThatDependOnEachOtherReplay()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(3s));
        const auto turn = [&](const char *knob, double value) {
            return !timeline.intervene(TurnKnob{*knobNamed(knob), value});
        };
        QVERIFY(turn("window_type", 1));
        QVERIFY(turn("minimum_calls", 1));
        QVERIFY(turn("window_calls", 5)); // 10 calls at least would be refused for it
        QVERIFY(turn("minimum_calls", 3));
        Timeline replay(timeline.sharedScenario(), timeline.seed(), timeline.journal());
        replay.runTo(at(20s));
        timeline.runTo(at(20s));
        QVERIFY(!replay.refusal());
        QVERIFY(replay.world() == timeline.world());
    }

    void longRunsKeepFewCheckpointsAndStayExact()
    {
        Scenario busy = calmScenario();
        busy.clients[0].arrivals.rate = 500;
        const auto scenario = std::make_shared<const Scenario>(busy);
        Timeline timeline(scenario);
        timeline.runTo(at(60s));
        QVERIFY(timeline.history().outcomes().bins().size() <= OutcomeSeries::kMaxBins);
        QVERIFY(timeline.history().log().size() <= EventLog::kCapacity);
        timeline.runTo(at(41s));
        Timeline fresh(scenario);
        fresh.runTo(at(41s));
        QVERIFY(timeline.world() == fresh.world());
    }

    void worldBeforeAnEvent()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(30s));
        for (const Event &event : eventsSoFar(timeline)) {
            const World before = timeline.worldBefore(event.number);
            QVERIFY(before.now() <= event.at);
            if (event.as<Offered>())
                QCOMPARE(before.totals().offered + 1, event.request);
        }
    }
};

REGISTER_TEST(TimelineTest)
#include "timeline_test.moc"
