// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/network.h"
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using namespace tests;

namespace {

constexpr Subject kClient = Subject::client(0);
constexpr Subject kShop = Subject::service(0);
constexpr Subject kStock = Subject::service(1);

// A client, a shop that calls the stock, a lock.
Scenario everybody()
{
    Scenario scenario = bare({0s});
    scenario.services.push_back(serviceNamed("stock", 50ms));
    scenario.services[0].dependencies = {{1, false, {}}};
    scenario.lock.nodes = {{"node-a", 0}};
    scenario.lock.lock.nodes = 1;
    scenario.lock.holders = {{.name = "worker-1", .start = 100s}};
    return scenario;
}

} // namespace

// What the network does to messages, whoever sends them.
class NetworkTest : public QObject {
    Q_OBJECT
private slots:
    void eitherEndLosesAndCuts_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("services") << int(Subject::Kind::Service);
        QTest::newRow("lock nodes") << int(Subject::Kind::LockNode);
        QTest::newRow("lock holders") << int(Subject::Kind::LockHolder);
    }
    void eitherEndLosesAndCuts()
    {
        QFETCH(int, kind);
        const Subject one{Subject::Kind(kind), 0};
        Network network(everybody(), 1);
        const Link asks{one, kStock};
        const Link answers{kClient, one};
        for (const Link &link : {asks, answers}) {
            QVERIFY(!network.isCut(link));
            network.set(one, FaultKind::Partition, 1);
            QVERIFY(network.isCut(link));
            QVERIFY(network.send(link, at(1s), 0.999).lost);
            network.clear(one, FaultKind::Partition);
            network.set(one, FaultKind::PacketLoss, 0.3);
            QVERIFY(network.send(link, at(1s), 0.299).lost && network.losesAnswer(link, 0.299));
            QVERIFY(!network.send(link, at(1s), 0.3).lost && !network.losesAnswer(link, 0.3));
            network.clear(one, FaultKind::PacketLoss);
        }
        QVERIFY(!network.isCut({kClient, kShop}) || one == kShop);
    }

    void bothEndsLoseTheirShare()
    {
        Network network(everybody(), 1);
        network.set(kShop, FaultKind::PacketLoss, 0.5);
        network.set(kStock, FaultKind::PacketLoss, 0.2);
        const Link link{kShop, kStock};
        QVERIFY(network.send(link, at(1s), 0.599).lost); // 1 - 0.5 x 0.8
        QVERIFY(!network.send(link, at(1s), 0.601).lost);
    }

    void faultsLeaveTheLuckAlone()
    {
        Network well(everybody(), 7);
        Network ill = well;
        ill.set(kStock, FaultKind::Partition, 1);
        for (int i = 0; i < 100; ++i)
            (void)ill.send({kShop, kStock}, at(1s));
        ill.clear(kStock, FaultKind::Partition);
        for (int i = 0; i < 100; ++i)
            (void)well.send({kShop, kStock}, at(1s));
        QVERIFY(well == ill);
    }

    void someMessagesTakeAQuarterMoreOrLess()
    {
        Network network(everybody(), 3);
        const Duration usual = network.latency();
        bool slower = false;
        bool faster = false;
        for (int i = 0; i < 200; ++i) {
            const Duration takes = network.sendUnevenly({Subject::lockHolder(0), {}}, at(1s)).arrivesAt - at(1s);
            QVERIFY(takes >= usual - usual / 4 && takes <= usual + usual / 4);
            slower |= takes > usual;
            faster |= takes < usual;
            QCOMPARE(network.send({kShop, kStock}, at(1s)).arrivesAt - at(1s), usual);
        }
        QVERIFY(slower && faster);
    }

    // Own work 100 ms, 10 ms there and back: the answer is under way from 110 ms on.
    void aPartitionLosesWhatIsUnderWay()
    {
        World world(bare({0s}), 1);
        auto events = play(world, at(115ms));
        QCOMPARE(ofKind<Answered>(events).size(), size_t(1));
        apply(world, SetFault{0, FaultKind::Partition, 1}, events);
        append(events, play(world, at(1s)));
        QVERIFY(endings(events).isEmpty());
        QCOMPARE(ofKind<MessageLost>(events).size(), size_t(1));
        QVERIFY(ofKind<MessageLost>(events)[0].as<MessageLost>()->answer);
        QCOMPARE(ofKind<MessageLost>(events)[0].at, at(120ms));
    }

    void whoIsCutOffCannotCallEither()
    {
        Scenario scenario = everybody();
        scenario.lock = {};
        World world(scenario, 1);
        auto events = play(world, at(50ms)); // the shop is at it
        apply(world, SetFault{0, FaultKind::Partition, 1}, events);
        append(events, play(world, at(1s)));
        const auto lost = ofKind<MessageLost>(events);
        QCOMPARE(lost.size(), size_t(1));
        QVERIFY(lost[0].target == kStock && lost[0].caller == kShop && !lost[0].as<MessageLost>()->answer);
        QCOMPARE(world.services()[1].counts.reached, uint64_t(0));
    }

    void aComponentHasTheFaultsOfItsPartAndOfItsLinks()
    {
        World world(everybody(), 1);
        std::vector<Event> events;
        for (uint32_t place = 0; place < world.components().size(); ++place)
            for (const FaultSpec &fault : kFaultSpecs) {
                if (!canHave(world.components()[place], fault.kind))
                    continue;
                const auto isOn = [&] { return world.faultsOf(place)[size_t(fault.kind)]; };
                QVERIFY(!isOn());
                apply(world, SetFault{place, fault.kind, fault.defaultValue}, events);
                QCOMPARE(isOn().value_or(-1), fault.defaultValue);
                QVERIFY(events.back().target == world.components()[place].subject);
                apply(world, ClearFault{place, fault.kind}, events);
                QVERIFY(!isOn());
            }
    }
};

REGISTER_TEST(NetworkTest)
#include "network_test.moc"
