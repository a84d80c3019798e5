// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "core/tell/explain.h"
#include "tests/register_test.h"
#include "tests/sim/lock_samples.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kA = 5;
constexpr uint32_t kB = 6;

template <typename T> std::vector<Event> eventsOf(const Timeline &timeline)
{
    std::vector<Event> found;
    for (const Event &event : tests::eventsSoFar(timeline))
        if (event.as<T>())
            found.push_back(event);
    return found;
}

std::vector<Event> decisions(const Timeline &timeline, uint32_t holder, LockOutcome outcome)
{
    std::vector<Event> found = eventsOf<LockDecided>(timeline);
    std::erase_if(found, [&](const Event &e) {
        return e.actor != Subject::lockHolder(holder) || e.as<LockDecided>()->outcome != outcome;
    });
    return found;
}

Timeline withKnob(Scenario scenario, const char *knob, double value, uint64_t seed = 1)
{
    scenario.script.insert({kTimeZero, 0, TurnKnob{*knobNamed(knob), value}});
    return tests::played(std::move(scenario), seed);
}

void fault(Scenario &scenario, uint32_t target, FaultKind kind, Duration from, std::optional<Duration> to,
           double value = 1)
{
    scenario.script.insert({at(from), 0, SetFault{target, kind, value}});
    if (to)
        scenario.script.insert({at(*to), 0, ClearFault{target, kind}});
}

// What holds in every run whatsoever.
void checkInvariants(const Timeline &run)
{
    uint64_t token = 0;
    uint64_t largest = 0;
    for (const Event &event : tests::eventsSoFar(run)) {
        if (const auto *decided = event.as<LockDecided>(); decided && decided->outcome == LockOutcome::Acquired) {
            RC_ASSERT(decided->token == ++token);
            RC_ASSERT(decided->votes >= run.scenario().lock.lock.quorum());
            RC_ASSERT(decided->validity > Duration::zero());
        }
        if (const auto *write = event.as<WriteTried>()) {
            RC_ASSERT(write->stale == (write->token < largest));
            if (write->accepted)
                largest = std::max(largest, write->token);
        }
    }
}

} // namespace

// The lock of a run: who gets it, when it ends, and what comes of trusting it too long.
class LockSimulationTest : public QObject {
    Q_OBJECT
private slots:
    void twoHoldersTakeTurns()
    {
        const Timeline run = tests::played(tests::lockScenario());
        QVERIFY(decisions(run, 0, LockOutcome::Acquired).size() >= 2);
        QVERIFY(decisions(run, 1, LockOutcome::Acquired).size() >= 2);
        const LockView room = run.world().lock().view(run.now());
        QCOMPARE(room.overlaps, uint64_t(0));
        QCOMPARE(room.staleAccepted + room.refused, uint64_t(0));
        QVERIFY(eventsOf<LeaseOver>(run).empty());
        QCOMPARE(eventsOf<WriteTried>(run).size(), size_t(room.accepted));
    }

    void theValidityIsTheTtlWithoutTheRoundAndTheDrift()
    {
        const Timeline run = tests::played(tests::lockScenario());
        const Event decided = decisions(run, 0, LockOutcome::Acquired).front();
        const Event asked = eventsOf<LockAsked>(run).front();
        QCOMPARE(asked.at.time_since_epoch(), Duration(1s));
        QVERIFY(decided.as<LockDecided>()->votes == 5);
        const Duration rest = Duration(10s) - (decided.at - asked.at) - 102ms; // 1 % and 2 ms
        QVERIFY(decided.as<LockDecided>()->validity == rest);
        // It says so.
        const auto why = explain(run, decided.number);
        QVERIFY(why->text.find("5 of 5 nodes granted it; 3 are needed") != std::string::npos);
        QCOMPARE(why->counted.size(), size_t(5));
    }

    void nodesForgetNobodyTwice()
    {
        // While A holds it, B asks in vain and gives back only what is its own.
        const Timeline run = tests::played(tests::lockScenario());
        const auto inVain = decisions(run, 1, LockOutcome::NotAcquired);
        QVERIFY(!inVain.empty());
        QCOMPARE(inVain.front().as<LockDecided>()->votes, 0U);
        QVERIFY(decisions(run, 0, LockOutcome::Lost).empty());
    }

    void aPausedHolderWritesStaleWithoutFencingAndNeverWithIt()
    {
        const Timeline open = tests::played(tests::pausedHolderScenario());
        const auto writes = eventsOf<WriteTried>(open);
        const auto stale =
            std::find_if(writes.begin(), writes.end(), [](const Event &e) { return e.as<WriteTried>()->stale; });
        QVERIFY(stale != writes.end());
        QVERIFY(stale->actor == Subject::lockHolder(0));
        QCOMPARE(stale->as<WriteTried>()->token, uint64_t(1));
        QVERIFY(stale->as<WriteTried>()->accepted);
        QVERIFY(stale->at > at(18650ms));
        QVERIFY(eventsOf<WriteHeldBack>(open).empty()); // it had looked at its clock, and the lease was good
        const auto over = eventsOf<LeaseOver>(open);
        QVERIFY(!over.empty() && !over.front().as<LeaseOver>()->known);
        QCOMPARE(open.world().lock().overlaps(), uint64_t(1));

        const Timeline fenced = withKnob(tests::pausedHolderScenario(), "fencing", 1);
        QCOMPARE(fenced.world().lock().staleAccepted(), uint64_t(0));
        QCOMPARE(fenced.world().lock().refused(), uint64_t(1));
        // The same run but for that: the same grants at the same times.
        QCOMPARE(decisions(fenced, 1, LockOutcome::Acquired).front().at.time_since_epoch(),
                 decisions(open, 1, LockOutcome::Acquired).front().at.time_since_epoch());
    }

    void itIsSoForEverySeed()
    {
        QVERIFY(rc::check("paused holder", [](uint64_t seed) {
            const Timeline open = tests::played(tests::pausedHolderScenario(), seed);
            RC_ASSERT(open.world().lock().staleAccepted() == 1);
            const Timeline fenced = withKnob(tests::pausedHolderScenario(), "fencing", 1, seed);
            RC_ASSERT(fenced.world().lock().staleAccepted() == 0);
            RC_ASSERT(fenced.world().lock().refused() == 1);
            checkInvariants(open);
            checkInvariants(fenced);
        }));
    }

    void fencingHoldsWhateverHappens()
    {
        QVERIFY(rc::check("any faults", [] {
            Scenario scenario = tests::lockScenario();
            scenario.lock.fencing = true;
            scenario.lock.checksBeforeWriting = *rc::gen::arbitrary<bool>();
            scenario.lock.releaseComparesOwner = *rc::gen::arbitrary<bool>();
            const auto kinds = std::vector{FaultKind::Crash, FaultKind::Pause, FaultKind::Partition,
                                           FaultKind::PacketLoss, FaultKind::ClockDrift};
            for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
                const uint32_t target = *rc::gen::inRange<uint32_t>(0, 7);
                const FaultKind kind = target < kA ? *rc::gen::elementOf(kinds)
                                                   : *rc::gen::element(FaultKind::Pause, FaultKind::Partition);
                const Duration from = std::chrono::milliseconds(*rc::gen::inRange(0, 25000));
                fault(scenario, target, kind, from, from + std::chrono::milliseconds(*rc::gen::inRange(1, 15000)),
                      spec(kind).hasValue() ? 0.5 : 1);
            }
            const Timeline run = tests::played(scenario, *rc::gen::arbitrary<uint64_t>());
            RC_ASSERT(!run.refusal());
            RC_ASSERT(run.world().lock().staleAccepted() == 0);
            checkInvariants(run);
        }));
    }

    void pausedWhileItWorksItSeesTheClockAndHoldsBack()
    {
        Scenario scenario = tests::lockScenario();
        fault(scenario, kA, FaultKind::Pause, 2500ms, 16s);
        const Timeline run = tests::played(scenario);
        QCOMPARE(run.world().lock().staleAccepted(), uint64_t(0));
        QCOMPARE(eventsOf<WriteHeldBack>(run).size(), size_t(1));
        QVERIFY(eventsOf<WriteHeldBack>(run).front().actor == Subject::lockHolder(0));
        // Who does not look writes.
        QCOMPARE(withKnob(scenario, "checks_before_writing", 0).world().lock().staleAccepted(), uint64_t(1));
    }

    void aQuorumSurvivesTwoNodesAndNotThree()
    {
        for (const auto &[down, gets] : {std::pair{2U, true}, std::pair{3U, false}}) {
            Scenario scenario = tests::lockScenario();
            for (uint32_t node = 0; node < down; ++node)
                fault(scenario, node, FaultKind::Crash, 0s, std::nullopt);
            const Timeline run = tests::played(scenario);
            QCOMPARE(!decisions(run, 0, LockOutcome::Acquired).empty(), gets);
            QCOMPARE(run.world().lock().overlaps(), uint64_t(0));
        }
    }

    void aNodeThatForgetsLetsTwoIn()
    {
        Scenario scenario = tests::lockScenario();
        scenario.lock.holders[0].work = 8s;
        for (const uint32_t away : {3U, 4U})
            fault(scenario, away, FaultKind::Partition, 0s, 2500ms);
        fault(scenario, 2, FaultKind::Crash, 1900ms, 2500ms);
        const Timeline run = tests::played(scenario);
        QCOMPARE(decisions(run, 0, LockOutcome::Acquired).front().as<LockDecided>()->votes, 3U);
        const Event second = decisions(run, 1, LockOutcome::Acquired).front();
        QVERIFY(second.as<LockDecided>()->othersHold);
        QCOMPARE(second.as<LockDecided>()->votes, 3U);
        QCOMPARE(eventsOf<NodeRestarted>(run).size(), size_t(1));
        QCOMPARE(run.world().lock().staleAccepted(), uint64_t(1)); // B was faster
    }

    void aClockThatRunsFastEndsLeasesTooSoon()
    {
        Scenario scenario = tests::lockScenario();
        scenario.lock.holders[0].work = 8s;
        QCOMPARE(tests::played(scenario).world().lock().overlaps(), uint64_t(0));
        for (const uint32_t fast : {0U, 1U, 2U})
            fault(scenario, fast, FaultKind::ClockDrift, 0s, std::nullopt, 1.0);
        const Timeline run = tests::played(scenario);
        const Event second = decisions(run, 1, LockOutcome::Acquired).front();
        QVERIFY(second.as<LockDecided>()->othersHold);
        QVERIFY(second.at < at(9s));
        // Allowed for, the holder relies on it for so short that there is no overlap.
        scenario.lock.lock.driftFactor = Ratio::of(0.5);
        QCOMPARE(tests::played(scenario).world().lock().overlaps(), uint64_t(0));
    }

    void clocksChangeTheirPaceAndDoNotJump()
    {
        Scenario scenario = tests::lockScenario();
        fault(scenario, 0, FaultKind::ClockDrift, 2s, 6s, 0.5);
        const Timeline run = tests::played(scenario);
        const LockNodeView node = run.world().lock().view(run.now()).nodes[0].state;
        QCOMPARE((node.clock - kTimeZero).count(), Duration(32s).count()); // 30 s, and 4 s of 1.5
    }

    void releaseWithoutComparingEndsTheLeaseOfAnother()
    {
        Scenario scenario = tests::lockScenario();
        scenario.lock.holders[0].work = 8s;
        const auto heldByA = [](const Timeline &run) { return run.world().lock().view(run.now()).holders[0].heldAt; };
        // B asks at 3 s, in vain, and gives back what it never had.
        scenario.until = 4s;
        QCOMPARE(heldByA(tests::played(scenario)), 5U);
        QCOMPARE(heldByA(withKnob(scenario, "broken_release_without_compare", 1)), 0U);
        scenario.until = 12s;
        QCOMPARE(tests::played(scenario).world().lock().overlaps(), uint64_t(0));
        const Timeline broken = withKnob(scenario, "broken_release_without_compare", 1);
        QVERIFY(broken.world().lock().overlaps() >= 1);
        QVERIFY(broken.world().lock().staleAccepted() >= 1);
    }

    void renewingKeepsALeaseAsLongAsTheWorkTakes()
    {
        Scenario scenario = tests::lockScenario();
        scenario.until = 25s;
        scenario.lock.holders[0].work = 25s;
        scenario.lock.holders[0].extends = true;
        const Timeline run = tests::played(scenario);
        QVERIFY(decisions(run, 0, LockOutcome::Extended).size() >= 6);
        QVERIFY(eventsOf<LeaseOver>(run).empty());
        QVERIFY(decisions(run, 1, LockOutcome::Acquired).empty());
        // A paused process renews nothing.
        fault(scenario, kA, FaultKind::Pause, 5s, 25s);
        QVERIFY(!decisions(tests::played(scenario), 1, LockOutcome::Acquired).empty());
    }

    void whoIsCutOffLearnsFromItsOwnClock()
    {
        Scenario scenario = tests::lockScenario();
        scenario.lock.holders[0].work = 12s;
        fault(scenario, kA, FaultKind::Partition, 3s, 20s);
        const Timeline run = tests::played(scenario);
        QVERIFY(eventsOf<LeaseOver>(run).front().as<LeaseOver>()->known);
        QCOMPARE(eventsOf<WriteHeldBack>(run).size(), size_t(1));
        QVERIFY(!decisions(run, 1, LockOutcome::Acquired).empty());
        QCOMPARE(run.world().lock().staleAccepted(), uint64_t(0));
    }

    void aPausedNodeAnswersLater()
    {
        Scenario scenario = tests::lockScenario();
        fault(scenario, 0, FaultKind::Pause, 0s, 2500ms);
        const Timeline run = tests::played(scenario);
        QCOMPARE(decisions(run, 0, LockOutcome::Acquired).front().as<LockDecided>()->votes, 4U);
        QCOMPARE(decisions(run, 0, LockOutcome::Acquired).front().at.time_since_epoch(), Duration(2s)); // its timeout
    }

    void everyEventCanBeExplained()
    {
        Scenario scenario = tests::pausedHolderScenario();
        scenario.lock.holders[0].extends = true;
        fault(scenario, 0, FaultKind::Crash, 2s, 7s);
        fault(scenario, 1, FaultKind::PacketLoss, 2s, std::nullopt, 0.5);
        fault(scenario, kB, FaultKind::Partition, 20s, 24s);
        const Timeline run = tests::played(scenario);
        for (const Event &event : tests::eventsSoFar(run)) {
            const auto why = explain(run, event.number);
            QVERIFY(why && !why->title.empty() && !why->text.empty());
            for (const uint64_t number : why->counted)
                QVERIFY(number <= event.number);
        }
    }

    void knobsTurnWhatTheySay()
    {
        Timeline run(std::make_shared<const Scenario>(tests::lockScenario()));
        for (const auto &[id, value] :
             std::initializer_list<std::pair<const char *, double>>{{"lock_ttl", 5},
                                                                    {"lock_work", 7.5},
                                                                    {"fencing", 1},
                                                                    {"checks_before_writing", 0},
                                                                    {"extends", 1},
                                                                    {"drift_factor", 0.25},
                                                                    {"broken_release_without_compare", 1}}) {
            const KnobSpec &knob = knobs()[*knobNamed(id)];
            QVERIFY2(!run.intervene(TurnKnob{*knobNamed(id), value}), id);
            QCOMPARE(knob.get(run.world()), value);
        }
        // Refused, and nothing changed: the drift allowed for would eat up the whole lease.
        QVERIFY(!run.intervene(TurnKnob{*knobNamed("drift_factor"), 0.9}));
        QCOMPARE(run.world().lock().settings().lock.ttl, Duration(5s));
        // Without a lock there is nothing to turn.
        QVERIFY(!knobs()[*knobNamed("lock_ttl")].applies(World(tests::calmScenario(), 1)));
    }

    void fencingSwitchedOnLaterKnowsWhoHasWritten()
    {
        Timeline run(std::make_shared<const Scenario>(tests::pausedHolderScenario()));
        run.runTo(at(18s)); // B has written
        QVERIFY(run.world().lock().largestToken() >= 2);
        QVERIFY(!run.intervene(TurnKnob{*knobNamed("fencing"), 1}));
        // That dropped the end of the pause, which was planned for later.
        QVERIFY(!run.intervene(ClearFault{kA, FaultKind::Pause}));
        run.runTo(at(30s));
        QCOMPARE(run.world().lock().staleAccepted(), uint64_t(0));
        QCOMPARE(run.world().lock().refused(), uint64_t(1));
    }

    void theSnapshotNamesWhatComesNext()
    {
        Timeline run(std::make_shared<const Scenario>(tests::pausedHolderScenario()));
        bool node = false;
        bool holder = false;
        while (run.stepEvent(at(30s))) {
            const Snapshot snapshot = snapshotOf(run);
            QCOMPARE(snapshot.lock.holders.size(), size_t(2));
            QCOMPARE(snapshot.totals.offered, uint64_t(0));
            if (!snapshot.next)
                continue;
            QVERIFY(snapshot.next->actor.kind == Subject::Kind::LockHolder);
            node |= snapshot.next->target.kind == Subject::Kind::LockNode;
            holder |= !snapshot.next->target;
        }
        QVERIFY(node && holder);
    }

    void badLocksAreRefused()
    {
        Scenario scenario = tests::lockScenario();
        scenario.lock.nodes.pop_back();
        QVERIFY_EXCEPTION_THROWN(World(scenario, 1), InvalidConfig);
        scenario = tests::lockScenario();
        scenario.lock.holders[0].work = 0s;
        QVERIFY_EXCEPTION_THROWN(World(scenario, 1), InvalidConfig);
    }
};

REGISTER_TEST(LockSimulationTest)
#include "lock_simulation_test.moc"
