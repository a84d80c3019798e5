// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"
#include "core/tell/explain.h"
#include "tests/register_test.h"
#include "tests/sim/health_samples.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

#include <numeric>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using namespace tests;

// The prober, the routing and the supervisor in virtual time.
class ProberTest : public QObject {
    Q_OBJECT
private slots:
    void probesAreStaggeredOverTheTargets()
    {
        const auto sent = ofKind<ProbeSent>(played(probedScenario(4), 2400ms));
        QCOMPARE(sent.size(), size_t(5));
        for (size_t i = 0; i < 5; ++i) {
            QCOMPARE(sent[i].at.time_since_epoch().count(), Duration(500ms * i).count());
            QVERIFY(sent[i].target == Subject::service(uint32_t(i % 4)));
            QVERIFY(sent[i].as<ProbeSent>()->kind == Probe::Readiness);
        }
    }

    void nobodyGetsTrafficBeforeTheFirstSuccess()
    {
        const Scenario scenario = probedScenario(2);
        Timeline timeline = timelineOf(scenario);
        QVERIFY(!targetOf(timeline, 0).routed);
        timeline.runTo(at(400ms - 1ns)); // there, 200 ms of work, and back
        QVERIFY(!targetOf(timeline, 0).routed);
        timeline.runTo(at(400ms));
        QVERIFY(targetOf(timeline, 0).routed && !targetOf(timeline, 1).routed);
        const auto changed = ofKind<HealthChanged>(timeline);
        QCOMPARE(changed.size(), size_t(1));
        const HealthChanged expected{Health::Unknown, Health::Healthy, true, true};
        QVERIFY(*changed[0].as<HealthChanged>() == expected);
        QVERIFY(ofKind<ProbeEnded>(timeline).at(0).as<ProbeEnded>()->latency == 400ms);
        // Only the first node is known: all calls go there.
        timeline.runTo(at(1399ms));
        QCOMPARE(timeline.world().services()[0].counts.reached, uint64_t(2));
        QCOMPARE(timeline.world().services()[1].counts.reached, uint64_t(0));
    }

    void anOutageIsNoticedAfterThreeRefusals()
    {
        Scenario scenario = probedScenario(1);
        act(scenario, 3s, SetFault{0, FaultKind::Outage, 1});
        act(scenario, 9s, ClearFault{0, FaultKind::Outage});
        Timeline timeline = timelineOf(scenario);
        // Refused at once: there and back is 200 ms. Probes go out at 4, 6 and 8 s.
        timeline.runTo(at(8200ms - 1ns));
        QVERIFY(targetOf(timeline, 0).routed);
        QCOMPARE(targetOf(timeline, 0).health.of(Probe::Readiness).failedInARow, uint64_t(2));
        timeline.runTo(at(8200ms));
        QVERIFY(!targetOf(timeline, 0).routed);
        // Back after two successes: those sent at 10 s and 12 s.
        timeline.runTo(at(12400ms - 1ns));
        QVERIFY(!targetOf(timeline, 0).routed);
        timeline.runTo(at(12400ms));
        QVERIFY(targetOf(timeline, 0).routed);
        QCOMPARE(snapshotOf(timeline).health[0].routingChanges, uint64_t(3));
    }

    // An answer that comes at the very moment of the timeout is too late: by then the probe has failed.
    void anAnswerAtTheTimeoutIsTooLate_data()
    {
        QTest::addColumn<qint64>("timeoutNs");
        QTest::addColumn<bool>("timesOut");
        QTest::newRow("1 ns before") << qint64(399'999'999) << true;
        QTest::newRow("at") << qint64(400'000'000) << true;
        QTest::newRow("1 ns after") << qint64(400'000'001) << false;
    }
    void anAnswerAtTheTimeoutIsTooLate()
    {
        QFETCH(qint64, timeoutNs);
        QFETCH(bool, timesOut);
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->check.timeout = Duration{timeoutNs};
        const Timeline timeline = played(scenario, 500ms);
        const auto ended = ofKind<ProbeEnded>(timeline);
        QCOMPARE(ended.size(), size_t(1));
        QCOMPARE(ended[0].as<ProbeEnded>()->timedOut, timesOut);
        QCOMPARE(ended[0].as<ProbeEnded>()->succeeded, !timesOut);
        QVERIFY(targetOf(timeline, 0).routed == !timesOut);
    }

    void silentFaultsEndInATimeout_data()
    {
        QTest::addColumn<int>("fault");
        for (const FaultKind fault : {FaultKind::Hang, FaultKind::Pause, FaultKind::Partition})
            QTest::newRow(spec(fault).name) << int(fault);
    }
    void silentFaultsEndInATimeout()
    {
        QFETCH(int, fault);
        Scenario scenario = probedScenario(1);
        act(scenario, 1s, SetFault{0, FaultKind(fault), 1});
        const Timeline timeline = played(scenario, 3s);
        const auto ended = ofKind<ProbeEnded>(timeline);
        QCOMPARE(ended.size(), size_t(2));
        QVERIFY(ended[1].as<ProbeEnded>()->timedOut);
        QVERIFY(ended[1].at == at(3s));
        QVERIFY(targetOf(timeline, 0).readiness.back().timedOut);
    }

    void aProbeNeverOverlapsTheOneBeforeIt()
    {
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->check.timeout = 5s;
        act(scenario, 1s, SetFault{0, FaultKind::Hang, 1});
        const auto sent = ofKind<ProbeSent>(played(scenario, 11s));
        std::vector<Time> times;
        for (const Event &event : sent)
            times.push_back(event.at);
        // The one of 2 s is out until 7 s: those of 4 and 6 s are left out.
        const std::vector<Time> expected{at(0s), at(2s), at(8s)};
        QVERIFY(times == expected);
    }

    void aSlowNodeIsDegradedAndThenUnhealthy()
    {
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->check = {.degradedLatency = 500ms, .unhealthyLatency = 800ms, .timeout = 1s};
        act(scenario, 1s, SetFault{0, FaultKind::Latency, 0.2});
        act(scenario, 7s, SetFault{0, FaultKind::Latency, 0.5});
        Timeline timeline = played(scenario, 6900ms);
        QVERIFY(targetOf(timeline, 0).health.status == Health::Degraded);
        QVERIFY(targetOf(timeline, 0).routed); // slow costs no traffic
        QVERIFY(targetOf(timeline, 0).readiness.back().slow && targetOf(timeline, 0).readiness.back().succeeded);
        timeline.runTo(at(12900ms)); // three probes of 900 ms: those of 8, 10 and 12 s
        QVERIFY(targetOf(timeline, 0).health.status == Health::Unhealthy);
        QVERIFY(!targetOf(timeline, 0).routed);
        QVERIFY(!targetOf(timeline, 0).readiness.back().timedOut);
    }

    void probesTakeNoWorkerAndNoLuckFromTheCalls()
    {
        Scenario scenario = probedScenario(1);
        scenario.services[0].spread = 100ms;
        scenario.services[0].errorRate = 0.3;
        scenario.services[0].workers = 1;
        const auto answers = [](const Scenario &played) {
            Timeline timeline = timelineOf(played);
            timeline.runTo(at(40s));
            std::vector<std::pair<Time, bool>> all;
            for (const Event &event : ofKind<Answered>(timeline))
                all.emplace_back(event.at, event.as<Answered>()->failed);
            return all;
        };
        scenario.clients[0].probing->check.failuresToUnhealthy = 1000; // so that routing plays no part
        scenario.clients[0].arrivals.kind = ArrivalConfig::Kind::Script;
        for (int i = 10; i < 30; ++i) // after the first success
            scenario.clients[0].arrivals.times.push_back(i * 1s);
        scenario.seed = 3;
        const auto probed = answers(scenario);
        scenario.clients[0].probing.reset();
        QVERIFY(probed == answers(scenario));
    }

    void readinessAsksTheDependencies_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<bool>("routed");
        for (const FaultKind fault :
             {FaultKind::Outage, FaultKind::Crash, FaultKind::Hang, FaultKind::Pause, FaultKind::Partition}) {
            QTest::addRow("%s, asks", spec(fault).name) << int(fault) << true << false;
            QTest::addRow("%s, asks nobody", spec(fault).name) << int(fault) << false << true;
        }
    }
    void readinessAsksTheDependencies()
    {
        QFETCH(int, fault);
        QFETCH(bool, asks);
        QFETCH(bool, routed);
        Scenario scenario = withDatabase(1);
        scenario.clients[0].probing->readinessAsksDependencies = asks;
        act(scenario, 1s, SetFault{1, FaultKind(fault), 1});
        Timeline timeline = played(scenario, 900ms);
        QVERIFY(targetOf(timeline, 0).routed);
        timeline.runTo(at(10s));
        QCOMPARE(targetOf(timeline, 0).routed, routed);
    }

    void aHangIsCuredByARestart()
    {
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->liveness = true;
        act(scenario, 2500ms, SetFault{0, FaultKind::Hang, 1});
        const Timeline timeline = played(scenario, 20s);
        // Start-up at 1 s, then liveness: 3, 5 and 7 s, the last of them out of time at 8 s.
        const auto restarting = ofKind<Restarting>(timeline);
        QCOMPARE(restarting.size(), size_t(1));
        QVERIFY(restarting[0].at == at(8s));
        QVERIFY(restarting[0].as<Restarting>()->takes == 3s);
        QCOMPARE(ofKind<FaultCleared>(timeline).size(), size_t(1));
        const auto restarted = ofKind<Restarted>(timeline);
        QCOMPARE(restarted.size(), size_t(1));
        QVERIFY(restarted[0].at == at(11s));
        QCOMPARE(timeline.world().services()[0].counts.restarts, uint64_t(1));
        QVERIFY(targetOf(timeline, 0).routed);
        QVERIFY(!targetOf(timeline, 0).restartingUntil);
    }

    void aRestartingServiceRefusesUntilItIsBack()
    {
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->liveness = true;
        act(scenario, 2500ms, SetFault{0, FaultKind::Hang, 1});
        Timeline timeline = played(scenario, 11s - 1ns);
        QVERIFY(timeline.world().services()[0].restarting());
        QVERIFY(targetOf(timeline, 0).restartingUntil == at(11s));
        QVERIFY(timeline.world().services()[0].planFor({}).kind == Service::Plan::Kind::Refuse);
        timeline.runTo(at(11s));
        QVERIFY(!timeline.world().services()[0].restarting());
        QCOMPARE(timeline.world().services()[0].warmUpFactor(at(11s)), kWarmUpFactor);
    }

    void onlyTheMisconceptionRestartsForAnothersFault_data()
    {
        QTest::addColumn<bool>("broken");
        QTest::newRow("liveness asks nobody") << false;
        QTest::newRow("liveness asks the database") << true;
    }
    void onlyTheMisconceptionRestartsForAnothersFault()
    {
        QFETCH(bool, broken);
        Scenario scenario = withDatabase(3);
        scenario.clients[0].probing->liveness = true;
        scenario.clients[0].probing->livenessAsksDependencies = broken;
        act(scenario, 5s, SetFault{3, FaultKind::Outage, 1});
        const Timeline timeline = played(scenario, 30s);
        const size_t restarts = ofKind<Restarting>(timeline).size();
        QVERIFY2(broken ? restarts >= 6 : restarts == 0, qPrintable(QString::number(restarts)));
    }

    void knobsTakeEffectFromTheNextProbeOn()
    {
        Scenario scenario = probedScenario(1);
        turn(scenario, 2500ms, "probe_interval", 0.5);
        turn(scenario, 2600ms, "failures_to_unhealthy", 1);
        act(scenario, 2700ms, SetFault{0, FaultKind::Outage, 1});
        const Timeline timeline = played(scenario, 3300ms);
        std::vector<Time> times;
        for (const Event &event : ofKind<ProbeSent>(timeline))
            times.push_back(event.at);
        const std::vector<Time> expected{at(0s), at(2s), at(2500ms), at(3s)};
        QVERIFY(times == expected);
        QVERIFY(!targetOf(timeline, 0).routed);
        QVERIFY(!timeline.refusal());
    }

    void theTwoLatenciesStayInOrder()
    {
        Scenario scenario = probedScenario(1);
        turn(scenario, 1s, "degraded_latency", 5);
        Timeline timeline = played(scenario, 2s);
        QVERIFY(timeline.world().health().config().check.unhealthyLatency == 5s);
        QVERIFY(!timeline.intervene(TurnKnob{*knobNamed("unhealthy_latency"), 0.3}));
        QVERIFY(timeline.world().health().config().check.degradedLatency == 300ms);
    }

    void livenessCanBeSwitchedOnAndOff()
    {
        Scenario scenario = probedScenario(2);
        turn(scenario, 5s, "liveness", 1);
        turn(scenario, 12s, "liveness", 0);
        const Timeline timeline = played(scenario, 20s);
        size_t process = 0;
        for (const Event &event : ofKind<ProbeSent>(timeline))
            if (event.as<ProbeSent>()->kind != Probe::Readiness) {
                ++process;
                QVERIFY(event.at >= at(5s) && event.at < at(12s));
            }
        QCOMPARE(process, size_t(7)); // at 5, 7, 9, 11 s and at 6, 8, 10 s
    }

    void badProbingIsRefused()
    {
        Scenario scenario = probedScenario(1);
        scenario.clients[0].probing->interval = 0s;
        QVERIFY_EXCEPTION_THROWN(World(scenario, 1), InvalidConfig);
        scenario = probedScenario(1);
        scenario.clients[0].probing->check.failuresToUnhealthy = 0;
        QVERIFY_EXCEPTION_THROWN(World(scenario, 1), InvalidConfig);
    }

    void everyHealthEventCanBeExplained()
    {
        Scenario scenario = withDatabase(3);
        scenario.clients[0].probing->liveness = true;
        scenario.clients[0].probing->livenessAsksDependencies = true;
        act(scenario, 5s, SetFault{3, FaultKind::Outage, 1});
        act(scenario, 20s, ClearFault{3, FaultKind::Outage});
        act(scenario, 30s, SetFault{1, FaultKind::Latency, 0.4});
        const Timeline timeline = played(scenario, 50s);
        size_t seen = 0;
        for (const Event &event : tests::eventsSoFar(timeline)) {
            if (!event.as<ProbeSent>() && !event.as<ProbeEnded>() && !event.as<HealthChanged>()
                && !event.as<Restarting>() && !event.as<Restarted>())
                continue;
            ++seen;
            const auto why = explain(timeline, event.number);
            QVERIFY(why && !why->title.empty() && !why->text.empty());
            QVERIFY(std::is_sorted(why->counted.begin(), why->counted.end()));
            if (event.as<Restarting>())
                QCOMPARE(why->counted.size(), size_t(3));
        }
        QVERIFY(seen > 100);
    }

    void whateverHappensCallsAreAccountedForAndRunsRepeat()
    {
        QVERIFY(rc::check([] {
            Scenario scenario = withDatabase(3);
            scenario.clients[0].probing->liveness = *rc::gen::arbitrary<bool>();
            scenario.clients[0].probing->livenessAsksDependencies = *rc::gen::arbitrary<bool>();
            scenario.clients[0].probing->check.failuresToUnhealthy = *rc::gen::inRange(1, 4);
            scenario.clients[0].probing->check.timeout =
                Duration{*rc::gen::inRange<int64_t>(300'000'000, 4'000'000'000)};
            for (int i = 0; i < 12; ++i) {
                const auto when = Duration{*rc::gen::inRange<int64_t>(0, 30'000'000'000)};
                const auto target = *rc::gen::inRange<uint32_t>(0, 4);
                const FaultSpec &fault = kFaultSpecs[*rc::gen::inRange<size_t>(0, kFaultKindCount)];
                if (*rc::gen::arbitrary<bool>())
                    act(scenario, when, SetFault{target, fault.kind, fault.defaultValue});
                else
                    act(scenario, when, ClearFault{target, fault.kind});
            }
            Timeline timeline = timelineOf(scenario);
            while (timeline.stepEvent(at(30s))) {
                const Totals &totals = timeline.world().totals();
                RC_ASSERT(totals.offered == std::accumulate(totals.ended.begin(), totals.ended.end(), totals.inFlight));
            }
            timeline.runTo(at(30s));
            const Snapshot snapshot = snapshotOf(timeline);
            for (const HealthTargetView &target : snapshot.health[0].targets) {
                RC_ASSERT(target.routed == target.health.ready);
                for (const ProbeFlight &flight : target.flights)
                    RC_ASSERT(target.health.of(flight.kind).running);
            }
            RC_ASSERT(timeline.world() == played(scenario, 30s).world());
        }));
    }
};

REGISTER_TEST(ProberTest)
#include "prober_test.moc"
