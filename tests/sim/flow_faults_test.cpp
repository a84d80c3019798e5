// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using namespace tests;

// What faults do to services and to the calls that are on their way.
class FlowFaultsTest : public QObject {
    Q_OBJECT
private slots:
    void aCrashMidWay()
    {
        World world(bare({0s, 100ms, 1s, 1500ms, 6s}), 1);
        auto events = play(world, at(60ms));
        apply(world, SetFault{0, FaultKind::Crash, 1}, events);
        append(events, play(world, at(1s - 1ns)));
        // What it was at ends at once, and then nobody is there.
        QCOMPARE(endings(events), (QStringList{"1 failed 70 ms", "2 failed 120 ms"}));
        QVERIFY(ofKind<Finished>(events)[1].as<Finished>()->refused);
        events = play(world, at(1005ms));
        apply(world, ClearFault{0, FaultKind::Crash}, events);
        // It is cold now and warms up within 5 s: the work of 100 ms takes nearly 4 times as long at first.
        QCOMPARE(world.services()[0].warmUpFactor(world.now()), kWarmUpFactor);
        events = play(world, at(10s));
        const auto finished = ofKind<Finished>(events);
        QCOMPARE(finished.size(), size_t(3));
        QVERIFY(finished[0].as<Finished>()->took > 410ms && finished[0].as<Finished>()->took < 420ms);
        QVERIFY(finished[1].as<Finished>()->took > 360ms && finished[1].as<Finished>()->took < 395ms);
        QCOMPARE(finished[2].as<Finished>()->took, Duration{120ms});
    }

    // The caller of a crashed service has calls of its own under way: they are given up, and nothing ends twice.
    void aCrashWithDependenciesUnderWay()
    {
        Scenario scenario = bare({0s, 0s, 0s});
        scenario.services.push_back(serviceNamed("slow", 10s));
        DependencyConfig dependency{1, false, {}};
        // The slot that the first gives back goes to the second, which the limiter inside turns back at once.
        use(dependency.pipeline, {PolicyKind::Bulkhead, PolicyKind::RateLimiter});
        dependency.pipeline.bulkhead = {1, 5, 0s};
        dependency.pipeline.rateLimiter = limiterConfig(LimiterKind::TokenBucket, 1, 0.001);
        scenario.services[0].dependencies = {dependency};
        World world(scenario, 1);
        auto events = play(world, at(500ms));
        QCOMPARE(world.pipelines()[1].underWay(), size_t(3));
        apply(world, SetFault{0, FaultKind::Crash, 1}, events);
        append(events, play(world, at(20s)));
        QCOMPARE(endings(events), (QStringList{"1 failed 510 ms", "2 failed 510 ms", "3 failed 510 ms"}));
        QCOMPARE(world.pipelines()[1].underWay(), size_t(0));
        QCOMPARE(world.pipelines()[1].bulkhead().inUse(), 0U);
        QVERIFY(world.requests().empty() && world.flow().openCalls().empty());
    }

    void lostMessages_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("all packets") << int(FaultKind::PacketLoss);
        QTest::newRow("partition") << int(FaultKind::Partition);
    }
    void lostMessages()
    {
        QFETCH(int, kind);
        Scenario scenario = bare({0s, 100ms, 1s});
        use(scenario.clients[0].pipeline, {PolicyKind::AttemptTimeout});
        scenario.clients[0].pipeline.attemptTimeout = 300ms;
        World world(scenario, 1);
        std::vector<Event> events;
        apply(world, SetFault{0, FaultKind(kind), 1}, events);
        append(events, play(world, at(150ms)));
        apply(world, ClearFault{0, FaultKind(kind)}, events);
        append(events, play(world, at(5s)));
        QCOMPARE(endings(events), (QStringList{"1 timed_out 300 ms", "2 timed_out 400 ms", "3 succeeded 1120 ms"}));
        QCOMPARE(ofKind<MessageLost>(events).size(), size_t(2));
        QCOMPARE(world.services()[0].counts.reached, uint64_t(1));
        QVERIFY(world.requests().empty());
    }

    // A partition that begins while a request is worked on keeps the answer back; the work is done all the same.
    void aPartitionKeepsTheAnswerBack()
    {
        World world(bare({0s}), 1);
        auto events = play(world, at(50ms));
        apply(world, SetFault{0, FaultKind::Partition, 1}, events);
        append(events, play(world, at(1s)));
        const auto lost = ofKind<MessageLost>(events);
        QCOMPARE(lost.size(), size_t(1));
        QVERIFY(lost[0].as<MessageLost>()->answer);
        QCOMPARE(world.services()[0].counts.carriedOut, uint64_t(1));
        QCOMPARE(world.totals().inFlight, uint64_t(1)); // without a timeout it waits for ever
    }

    void someMessagesAreLost()
    {
        Scenario scenario = bare({});
        scenario.clients[0].arrivals = {.kind = ArrivalConfig::Kind::Steady, .rate = 100};
        use(scenario.clients[0].pipeline, {PolicyKind::AttemptTimeout});
        World world(scenario, 1);
        std::vector<Event> events;
        apply(world, SetFault{0, FaultKind::PacketLoss, 0.3}, events);
        play(world, at(40s));
        const Totals &totals = world.totals();
        const double share = double(totals.of(RequestOutcome::TimedOut)) / double(totals.offered - totals.inFlight);
        QVERIFY(std::abs(share - 0.51) < 0.03); // the request or the answer: 1 - 0.7 x 0.7
    }

    void aPause()
    {
        Scenario scenario = bare({0s, 100ms, 110ms});
        scenario.services[0].workers = 1;
        scenario.services[0].queue = 1;
        World world(scenario, 1);
        auto events = play(world, at(50ms));
        apply(world, SetFault{0, FaultKind::Pause, 1}, events);
        append(events, play(world, at(2s)));
        QCOMPARE(endings(events), QStringList{}); // nothing is answered, nothing refused
        apply(world, ClearFault{0, FaultKind::Pause}, events);
        append(events, play(world, at(5s)));
        // The first had been done long ago; its worker takes the second, and the third has waited all the time.
        QCOMPARE(endings(events), (QStringList{"1 succeeded 2010 ms", "2 succeeded 2110 ms", "3 succeeded 2210 ms"}));
    }

    // Those for whom there is no room when it goes on are refused like any other.
    void aPauseWithMoreThanThereIsRoomFor()
    {
        Scenario scenario = bare({0s, 0s, 0s});
        scenario.services[0].workers = 1;
        World world(scenario, 1);
        std::vector<Event> events;
        apply(world, SetFault{0, FaultKind::Pause, 1}, events);
        append(events, play(world, at(1s)));
        apply(world, ClearFault{0, FaultKind::Pause}, events);
        append(events, play(world, at(5s)));
        QCOMPARE(endings(events), (QStringList{"2 failed 1010 ms", "3 failed 1010 ms", "1 succeeded 1110 ms"}));
        QVERIFY(world.requests().empty());
    }

    // A call that hangs keeps its worker until the fault ends, and no longer: those behind it are worked on then.
    void aHangAndItsWorkers()
    {
        Scenario scenario = bare({0s, 0s, 0s});
        scenario.services[0].workers = 1;
        scenario.services[0].queue = 5;
        World world(scenario, 1);
        std::vector<Event> events;
        apply(world, SetFault{0, FaultKind::Hang, 1}, events);
        append(events, play(world, at(1s)));
        QCOMPARE(world.services()[0].busy(), 1U);
        apply(world, ClearFault{0, FaultKind::Hang}, events);
        append(events, play(world, at(5s)));
        QCOMPARE(endings(events), (QStringList{"2 succeeded 1110 ms", "3 succeeded 1210 ms"}));
        QCOMPARE(world.services()[0].busy(), 0U);
    }
};
REGISTER_TEST(FlowFaultsTest)

#include "flow_faults_test.moc"
