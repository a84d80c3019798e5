// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/event_queue.h"
#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"
#include "core/sim/world/world.h"
#include "tests/register_test.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using tests::accountedFor;
using tests::calmScenario;
using tests::ofKind;
using tests::play;

class WorldTest : public QObject {
    Q_OBJECT
private slots:
    void everyRequestIsAccountedForAtEveryEvent()
    {
        QVERIFY(rc::check([] {
            Scenario scenario = calmScenario();
            scenario.clients[0].pipeline.attemptTimeout =
                Duration{*rc::gen::inRange<int64_t>(1'000'000, 3'000'000'000)};
            scenario.clients[0].arrivals.kind =
                *rc::gen::element(ArrivalConfig::Kind::Steady, ArrivalConfig::Kind::Poisson);
            scenario.clients[0].arrivals.rate = *rc::gen::element(0.5, 2.0, 40.0);
            World world(scenario, *rc::gen::inRange<uint64_t>(0, 99));
            std::vector<Event> events;
            for (int i = 0; i < 300; ++i) {
                if (*rc::gen::inRange(0, 10) == 0)
                    world.apply(tests::anyIntervention(world), events);
                world.step(events);
                RC_ASSERT(world.totals().offered == accountedFor(world.totals()));
                RC_ASSERT(world.flow().openCalls().size() == world.totals().inFlight);
            }
            RC_ASSERT(std::is_sorted(events.begin(), events.end(),
                                     [](const Event &a, const Event &b) { return a.at < b.at; }));
        }));
    }

    void equalInstantsHaveADefinedOrder()
    {
        using Kind = CallFlow::Kind;
        EventQueue queue;
        const auto push = [&queue](Time t, Kind kind) {
            queue.push({.at = t, .rank = CallFlow::rankOf(kind), .kind = static_cast<uint8_t>(kind)});
        };
        for (const Kind kind : {Kind::ClientArrival, Kind::BreakerDeadline, Kind::ReachClient, Kind::ReachService,
                                Kind::PolicyTimer, Kind::ServiceDone})
            push(at(1s), kind);
        push(at(999ms), Kind::ReachService);
        std::vector<Kind> order;
        for (; !queue.empty(); queue.pop())
            order.push_back(static_cast<Kind>(queue.top().kind));
        const std::vector<Kind> expected{Kind::ReachService,    Kind::ReachClient, Kind::ServiceDone,
                                         Kind::BreakerDeadline, Kind::PolicyTimer, Kind::ClientArrival,
                                         Kind::ReachService};
        QVERIFY(order == expected);
    }

    // An answer that is there at the very instant of the timeout counts: completions come before timers.
    void theAnswerBeatsTheTimeoutAtTheSameInstant_data()
    {
        QTest::addColumn<qint64>("timeoutNs");
        QTest::addColumn<bool>("timesOut");
        QTest::newRow("1 ns before") << qint64(599'999'999) << true;
        QTest::newRow("at") << qint64(600'000'000) << false;
        QTest::newRow("1 ns after") << qint64(600'000'001) << false;
    }
    void theAnswerBeatsTheTimeoutAtTheSameInstant()
    {
        QFETCH(qint64, timeoutNs);
        QFETCH(bool, timesOut);
        Scenario scenario = calmScenario();
        scenario.services[0].spread = Duration{0};
        scenario.clients[0].pipeline.attemptTimeout = Duration{timeoutNs};
        World world(scenario, 1);
        play(world, at(1400ms));
        QCOMPARE(world.totals().of(RequestOutcome::TimedOut), uint64_t(timesOut));
        QCOMPARE(world.totals().of(RequestOutcome::Succeeded), uint64_t(!timesOut));
        QCOMPARE(world.totals().late, uint64_t(timesOut));
    }

    void aHungServiceAnswersNobody()
    {
        Scenario scenario = calmScenario();
        World world(scenario, 1);
        std::vector<Event> events;
        world.apply(SetFault{0, FaultKind::Hang, 1}, events);
        play(world, at(4s));
        QCOMPARE(world.totals().of(RequestOutcome::TimedOut), uint64_t(2));
        QCOMPARE(world.totals().of(RequestOutcome::Succeeded), uint64_t(0));
        QVERIFY(world.breakerOf(0).state() == BreakerState::Closed);
        play(world, at(4500ms));
        QVERIFY(world.breakerOf(0).state() == BreakerState::Open);
    }

    void anOutageRefusesAtOnce()
    {
        World world(calmScenario(), 1);
        std::vector<Event> events;
        world.apply(SetFault{0, FaultKind::Outage, 1}, events);
        const auto played = play(world, at(1s));
        const auto finished = ofKind<Finished>(played);
        QCOMPARE(finished.size(), size_t(1));
        QCOMPARE(finished[0].as<Finished>()->took, Duration{400ms}); // the network there and back, nothing else
        QVERIFY(finished[0].as<Finished>()->refused);
    }

    // A fault changes what becomes of a call, not the luck of the ones after it.
    void faultsDoNotShiftTheDraws()
    {
        World calm(calmScenario(), 5);
        World hit(calmScenario(), 5);
        std::vector<Event> ignored;
        hit.apply(SetFault{0, FaultKind::Outage, 1}, ignored);
        play(hit, at(1300ms)); // two calls refused
        hit.apply(ClearFault{0, FaultKind::Outage}, ignored);
        const auto ofCall = [](const std::vector<Event> &events, uint64_t call) {
            for (const Event &event : events)
                if (event.request == call && event.as<Finished>())
                    return event.as<Finished>()->took;
            return Duration{};
        };
        play(calm, at(1300ms));
        QCOMPARE(ofCall(play(hit, at(5s)), 4), ofCall(play(calm, at(5s)), 4));
    }

    void faultsShowInTheService_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("value");
        QTest::newRow("latency") << int(FaultKind::Latency) << 1.5;
        QTest::newRow("spikes") << int(FaultKind::LatencySpikes) << 1.5;
        QTest::newRow("errors") << int(FaultKind::ErrorRate) << 0.5;
    }
    void faultsShowInTheService()
    {
        QFETCH(int, kind);
        QFETCH(double, value);
        Scenario scenario = calmScenario();
        scenario.clients[0].pipeline.circuitBreaker.failureThreshold = 1'000'000;
        World world(scenario, 3);
        std::vector<Event> ignored;
        world.apply(SetFault{0, FaultKind(kind), value}, ignored);
        const auto finished = ofKind<Finished>(play(world, at(1000s)));
        int failed = 0;
        int long_ = 0;
        for (const Event &event : finished) {
            failed += event.as<Finished>()->outcome == RequestOutcome::Failed;
            long_ += event.as<Finished>()->took > 1900ms;
        }
        const double calls = double(finished.size());
        QVERIFY(calls > 1990);
        QVERIFY(std::abs(failed / calls - (FaultKind(kind) == FaultKind::ErrorRate ? 0.5 : 0.0)) < 0.05);
        const double expectedLong = FaultKind(kind) == FaultKind::Latency         ? 1.0
                                    : FaultKind(kind) == FaultKind::LatencySpikes ? kSpikeShare
                                                                                  : 0.0;
        QVERIFY(std::abs(long_ / calls - expectedLong) < 0.05);
    }

    void turningTheRateReplacesTheNextArrival()
    {
        World world(calmScenario(), 1);
        std::vector<Event> events;
        world.apply(TurnKnob{*knobNamed("arrival_rate"), 100}, events);
        play(world, at(1s));
        QCOMPARE(world.totals().offered, uint64_t(100));
        world.apply(TurnKnob{*knobNamed("arrival_rate"), 0.1}, events);
        play(world, at(10s));
        QCOMPARE(world.totals().offered, uint64_t(100));
    }

    void theWaitIsAnnouncedAndHalfOpenExpires()
    {
        Scenario scenario = calmScenario();
        scenario.clients[0].pipeline.circuitBreaker.halfOpenMaxDuration = 1s;
        World world(scenario, 1);
        std::vector<Event> ignored;
        world.apply(SetFault{0, FaultKind::Hang, 1}, ignored);
        const auto played = play(world, at(30s));
        const auto waits = ofKind<WaitOver>(played);
        QVERIFY(!waits.empty());
        QCOMPARE(waits[0].at, at(9500ms)); // opened by the third timeout at 4.5 s
        bool expired = false;
        for (const Event &event : ofKind<Transitioned>(played))
            expired |= event.as<Transitioned>()->move.trigger == BreakerTrigger::TrialsExpired;
        QVERIFY(expired);
    }

    void theOperatorsHoldIsAKnob()
    {
        World world(calmScenario(), 1);
        std::vector<Event> events;
        const uint32_t hold = *knobNamed("hold");
        for (const auto &[value, state] : {std::pair{1.0, BreakerState::ForcedOpen},
                                           {2.0, BreakerState::Disabled},
                                           {3.0, BreakerState::MetricsOnly},
                                           {0.0, BreakerState::Closed}}) {
            QVERIFY(!world.apply(TurnKnob{hold, value}, events));
            QVERIFY(world.breakerOf(0).state() == state);
            QCOMPARE(knobs()[hold].get(world), value);
        }
    }
};

REGISTER_TEST(WorldTest)
#include "world_test.moc"
