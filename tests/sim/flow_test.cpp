// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

#include <algorithm>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using namespace tests;

// How requests come, go through services and come back.
class FlowTest : public QObject {
    Q_OBJECT
private slots:
    void theWayThereAndBack()
    {
        QCOMPARE(endingsOf(bare({0s, 1s})), (QStringList{"1 succeeded 120 ms", "2 succeeded 1120 ms"}));
    }

    void workersAndQueue()
    {
        Scenario scenario = bare({0s, 0s, 0s});
        scenario.services[0].workers = 1;
        scenario.services[0].queue = 1;
        World world(scenario, 1);
        const auto events = play(world, at(1s));
        QCOMPARE(endings(events), (QStringList{"3 failed 20 ms", "1 succeeded 120 ms", "2 succeeded 220 ms"}));
        std::vector<bool> queued;
        for (const Event &event : ofKind<ReachedService>(events))
            queued.push_back(event.as<ReachedService>()->queued);
        QVERIFY((queued == std::vector{false, true, false}));
        QVERIFY(ofKind<Answered>(events)[0].as<Answered>()->overloaded);
        QCOMPARE(world.services()[0].counts.overloaded, uint64_t(1));
        QCOMPARE(world.services()[0].busy(), 0U);
    }

    void aChainOfDependencies()
    {
        Scenario scenario = bare({0s, 0s});
        scenario.services[0].workers = 1;
        scenario.services[0].queue = 1;
        scenario.services.push_back(serviceNamed("stock", 50ms));
        scenario.services.push_back(serviceNamed("ledger", 30ms));
        scenario.services[0].dependencies = {{1, false, {}}, {2, false, {}}};
        World world(scenario, 1);
        const auto events = play(world, at(1s));
        // 10 there, 100 own work, 70 for stock, 50 for ledger, 10 back; its worker is busy all the time.
        QCOMPARE(endings(events), (QStringList{"1 succeeded 240 ms", "2 succeeded 460 ms"}));
        std::vector<Subject> callers;
        for (const Event &event : ofKind<Sent>(events))
            if (event.request == 1)
                callers.push_back(event.caller);
        QVERIFY((callers == std::vector<Subject>{{}, Subject::service(0), Subject::service(0)}));
        QCOMPARE(world.totals().attempts, uint64_t(2));
    }

    void aDependencyThatFails_data()
    {
        QTest::addColumn<bool>("optional");
        QTest::addColumn<bool>("fallback");
        QTest::addColumn<QString>("expected");
        QTest::newRow("required") << false << false << "1 failed 140 ms";
        QTest::newRow("optional") << true << false << "1 succeeded 140 ms";
        QTest::newRow("with a fallback") << false << true << "1 succeeded 140 ms";
    }
    void aDependencyThatFails()
    {
        QFETCH(bool, optional);
        QFETCH(bool, fallback);
        QFETCH(QString, expected);
        Scenario scenario = bare({0s});
        scenario.services.push_back(serviceNamed("mail"));
        scenario.services[0].dependencies = {{1, optional, {}}};
        if (fallback)
            use(scenario.services[0].dependencies[0].pipeline, {PolicyKind::Fallback});
        scenario.script.insert({kTimeZero, 0, SetFault{1, FaultKind::Outage, 1}});
        Timeline timeline(std::make_shared<const Scenario>(scenario));
        timeline.runTo(at(1s));
        QCOMPARE(endings(eventsSoFar(timeline)), QStringList{expected});
    }

    // Down a chain that hands deadlines down, nobody begins what nobody waits for any more.
    void deadlinesAreHandedDown_data()
    {
        QTest::addColumn<bool>("handedDown");
        QTest::addColumn<int>("reachedTheLast");
        QTest::newRow("handed down") << true << 0;
        QTest::newRow("kept back") << false << 1;
    }
    void deadlinesAreHandedDown()
    {
        QFETCH(bool, handedDown);
        QFETCH(int, reachedTheLast);
        Scenario scenario = bare({0s});
        use(scenario.clients[0].pipeline, {PolicyKind::AttemptTimeout});
        scenario.clients[0].pipeline.attemptTimeout = 100ms; // over before its own work is done
        scenario.services.push_back(serviceNamed("last"));
        scenario.services[0].dependencies = {{1, false, {}}};
        scenario.services[0].dropsExpired = handedDown;
        World world(scenario, 1);
        const auto events = play(world, at(1s));
        QCOMPARE(endings(events), QStringList{"1 timed_out 100 ms"});
        QCOMPARE(int(world.services()[1].counts.reached), reachedTheLast);
        QVERIFY(world.requests().empty());
    }

    void expiredCallsAreDropped_data()
    {
        QTest::addColumn<bool>("drops");
        QTest::addColumn<int>("worked");
        QTest::newRow("dropped") << true << 1;
        QTest::newRow("worked on in vain") << false << 3;
    }
    void expiredCallsAreDropped()
    {
        QFETCH(bool, drops);
        QFETCH(int, worked);
        Scenario scenario = bare({0s, 0s, 0s});
        scenario.services[0].workers = 1;
        scenario.services[0].queue = 10;
        scenario.services[0].latency = 1s;
        scenario.services[0].dropsExpired = drops;
        use(scenario.clients[0].pipeline, {PolicyKind::AttemptTimeout});
        scenario.clients[0].pipeline.attemptTimeout = 500ms;
        World world(scenario, 1);
        const auto events = play(world, at(10s));
        QCOMPARE(int(world.services()[0].counts.carriedOut), worked);
        QCOMPARE(int(ofKind<Dropped>(events).size()), 3 - worked);
        QCOMPARE(world.totals().late, uint64_t(worked));
        QVERIFY(world.requests().empty());
    }

    void burstsAndRamps_data()
    {
        QTest::addColumn<bool>("ramp");
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("offered");
        QTest::newRow("bursts of 4 every 2 s") << false << 0.0 << 20;
        QTest::newRow("from 2 a second up to 10") << true << 10.0 << 60;
        QTest::newRow("from 2 a second down to 1") << true << 1.0 << 15;
    }
    void burstsAndRamps()
    {
        QFETCH(bool, ramp);
        QFETCH(double, to);
        QFETCH(int, offered);
        Scenario scenario = bare({});
        ArrivalConfig &arrivals = scenario.clients[0].arrivals;
        arrivals.kind = ramp ? ArrivalConfig::Kind::Ramp : ArrivalConfig::Kind::Burst;
        arrivals.burst = 4;
        arrivals.period = ramp ? 10s : 2s;
        arrivals.rate = 2;
        arrivals.rampTo = to;
        World world(scenario, 1);
        const auto events = ofKind<Offered>(play(world, at(10s)));
        QVERIFY(std::abs(int(events.size()) - offered) <= (ramp ? 2 : 0));
        for (size_t i = 2; i < events.size(); ++i) {
            const Duration before = events[i - 1].at - events[i - 2].at;
            const Duration gap = events[i].at - events[i - 1].at;
            if (ramp)
                QVERIFY(to > 2 ? gap < before : gap > before);
            else
                QCOMPARE(gap, i % 4 == 0 ? Duration{2s} : Duration{0});
        }
    }

    void theSameTapeIsTheSameLuck()
    {
        Scenario scenario = bare({});
        scenario.clients[0].arrivals = {.kind = ArrivalConfig::Kind::Poisson, .rate = 5, .arrivalStream = "one"};
        scenario.clients.push_back(scenario.clients[0]);
        scenario.clients[1].name = "other";
        World world(scenario, 1);
        std::array<std::vector<Time>, 2> offered;
        for (const Event &event : ofKind<Offered>(play(world, at(20s))))
            offered[event.actor.index].push_back(event.at);
        QVERIFY(offered[0].size() > 50);
        QVERIFY(offered[0] == offered[1]);
        scenario.clients[1].arrivals.arrivalStream.clear();
        World apart(scenario, 1);
        offered = {};
        for (const Event &event : ofKind<Offered>(play(apart, at(20s))))
            offered[event.actor.index].push_back(event.at);
        QVERIFY(offered[0] != offered[1]);
    }

    void aSharedPipeline_data()
    {
        QTest::addColumn<bool>("shared");
        QTest::addColumn<QString>("other");
        QTest::newRow("shared") << true << "4 short_circuited 1000 ms";
        QTest::newRow("each their own") << false << "4 failed 1020 ms";
    }
    void aSharedPipeline()
    {
        QFETCH(bool, shared);
        QFETCH(QString, other);
        Scenario scenario = bare({0s, 100ms, 200ms});
        use(scenario.clients[0].pipeline, {PolicyKind::CircuitBreaker});
        scenario.clients[0].pipeline.circuitBreaker.failureThreshold = 3;
        scenario.clients.push_back(clientNamed("app", {1s}));
        scenario.clients[1].pipeline = scenario.clients[0].pipeline;
        if (shared)
            scenario.clients[1].sharesPipelineOf = 0;
        World world(scenario, 1);
        std::vector<Event> events;
        apply(world, SetFault{0, FaultKind::Outage, 1}, events);
        append(events, play(world, at(2s)));
        QCOMPARE(world.pipelines().size(), size_t(shared ? 1 : 2));
        QCOMPARE(endings(events).last(), other);
        QCOMPARE(world.flow().totalsByClient()[1].offered, uint64_t(1));
    }

    void replicasInTurn()
    {
        Scenario scenario = bare({0s, 1s, 2s, 3s, 4s});
        scenario.services.push_back(serviceNamed("second"));
        scenario.services.push_back(serviceNamed("third"));
        scenario.clients[0].targets = {2, 0, 1};
        World world(scenario, 1);
        std::vector<uint32_t> services;
        for (const Event &event : ofKind<Sent>(play(world, at(10s))))
            services.push_back(event.target.index);
        QVERIFY((services == std::vector<uint32_t>{2, 0, 1, 2, 0}));
    }

    // The service does its work, but its answer comes too late, and the caller tries again.
    void chargedTwice_data()
    {
        QTest::addColumn<bool>("sendsId");
        QTest::addColumn<bool>("recognisesIt");
        QTest::addColumn<bool>("retries");
        QTest::addColumn<int>("charged");
        QTest::newRow("no id, repeated all the same") << false << true << true << 2;
        QTest::newRow("an id that nobody looks at") << true << false << true << 2;
        QTest::newRow("an id that is recognised") << true << true << true << 1;
        QTest::newRow("not repeated") << false << false << false << 1;
    }
    void chargedTwice()
    {
        QFETCH(bool, sendsId);
        QFETCH(bool, recognisesIt);
        QFETCH(bool, retries);
        QFETCH(int, charged);
        Scenario scenario = bare({0s});
        scenario.services[0].latency = 200ms;
        scenario.services[0].recognisesRequestIds = recognisesIt;
        ClientConfig &client = scenario.clients[0];
        client.operation = {false, sendsId};
        use(client.pipeline, {PolicyKind::Retry, PolicyKind::AttemptTimeout});
        client.pipeline.attemptTimeout = 100ms;
        client.pipeline.retry.maxAttempts = 2;
        client.pipeline.retry.faultyVariant.retriesEverything = retries;
        client.pipeline.retry.backoff.baseDelay = 500ms;
        World world(scenario, 1);
        const auto events = play(world, at(5s));
        QCOMPARE(int(world.services()[0].counts.carriedOut), charged);
        QCOMPARE(int(world.services()[0].counts.again), charged - 1);
        QCOMPARE(int(std::ranges::count_if(events,
                                           [](const Event &event) {
                                               const auto *answered = event.as<Answered>();
                                               return answered && answered->stored;
                                           })),
                 sendsId && recognisesIt ? 1 : 0);
        QCOMPARE(world.totals().attempts, uint64_t(retries ? 2 : 1));
    }
};
REGISTER_TEST(FlowTest)

#include "flow_test.moc"
