// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::labs;
using namespace std::chrono_literals;

namespace {

using Knobs = std::initializer_list<std::pair<const char *, double>>;

Timeline begun(const char *scenario, Knobs knobs = {})
{
    const auto chosen = labWithId("health-check")->scenario(scenario);
    sim::Journal journal = chosen->script;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, sim::TurnKnob{*sim::knobNamed(knob), value}});
    return Timeline(chosen, chosen->seed, journal);
}

Timeline playedHealth(const char *scenario, Knobs knobs = {})
{
    Timeline timeline = begun(scenario, knobs);
    timeline.runTo(at(timeline.scenario().until));
    return timeline;
}

std::vector<Event> events(const Timeline &timeline)
{
    std::vector<Event> all;
    for (uint64_t number = 1; number <= timeline.lastEvent(); ++number)
        all.push_back(*timeline.history().log().numbered(number));
    return all;
}

// When node `service` left rotation, or came into it, at or after `from`.
std::optional<Time> routedFrom(const Timeline &timeline, uint32_t service, bool routed, Time from)
{
    for (const Event &event : events(timeline))
        if (const auto *changed = event.as<sim::HealthChanged>();
            changed && event.target == sim::Subject::service(service) && event.at >= from && changed->routed == routed)
            return event.at;
    return std::nullopt;
}

size_t routingChanges(const Timeline &timeline) { return timeline.world().health().routingChanges(); }

uint64_t restarts(const Timeline &timeline)
{
    uint64_t sum = 0;
    for (const sim::Service &service : timeline.world().services())
        sum += service.counts.restarts;
    return sum;
}

// Of the calls that ended within [from, to).
double successShare(const Timeline &timeline, Time from, Time to)
{
    double ended = 0;
    double well = 0;
    for (const Event &event : events(timeline))
        if (event.ends && event.at >= from && event.at < to) {
            ended += 1;
            well += event.ends->outcome == sim::RequestOutcome::Succeeded;
        }
    return ended > 0 ? well / ended : 0;
}

} // namespace

// The point of step 5, as numbers.
class HealthCheckLabTest : public QObject {
    Q_OBJECT
private slots:
    void healthyNodesShareTheCalls()
    {
        const Timeline run = playedHealth("three-nodes");
        QCOMPARE(routingChanges(run), size_t(3)); // each came in once
        const sim::Totals &totals = run.world().totals();
        QCOMPARE(totals.of(sim::RequestOutcome::Succeeded) + totals.inFlight, totals.offered);
        for (const sim::Service &service : run.world().services())
            QVERIFY(service.counts.reached >= totals.offered / 3 - 2);
        QCOMPARE(restarts(run), uint64_t(0));
    }

    // Traffic leaves within failures x interval, plus what the last probe takes, and returns after as many successes.
    void trafficLeavesAndReturnsInTime_data()
    {
        QTest::addColumn<double>("interval");
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("successes");
        QTest::newRow("as it is") << 2.0 << 3 << 2;
        QTest::newRow("every second") << 1.0 << 3 << 2;
        QTest::newRow("one failure") << 2.0 << 1 << 1;
        QTest::newRow("four and three") << 1.0 << 4 << 3;
    }
    void trafficLeavesAndReturnsInTime()
    {
        QFETCH(double, interval);
        QFETCH(int, failures);
        QFETCH(int, successes);
        const Timeline run = playedHealth("node-dies-and-returns", {{"probe_interval", interval},
                                                                    {"failures_to_unhealthy", double(failures)},
                                                                    {"successes_to_healthy", double(successes)}});
        const Duration timeout = run.world().health().config().check.probeTimeout();
        const auto left = routedFrom(run, 1, false, at(5s));
        QVERIFY(left);
        QVERIFY(*left - at(5s) <= fromSeconds(interval * failures) + timeout);
        QVERIFY(*left - at(5s) > fromSeconds(interval * (failures - 1)));
        const auto back = routedFrom(run, 1, true, at(17s));
        QVERIFY(back);
        QVERIFY(*back - at(17s) <= fromSeconds(interval * successes) + timeout);
        QVERIFY(*back - at(17s) > fromSeconds(interval * (successes - 1)));
        // Out of rotation it gets nothing; the others carry on.
        for (const Event &event : events(run))
            QVERIFY(!event.as<sim::Sent>() || event.target != sim::Subject::service(1) || event.at < *left
                    || event.at >= *back);
        QCOMPARE(successShare(run, *left + 2s, *back), 1.0);
    }

    void slownessDegradesBeforeItTakesOut()
    {
        Timeline run = begun("slow-node");
        run.runTo(at(12900ms));
        const auto target = [&run] { return sim::snapshotOf(run).health.at(0).targets.at(1); };
        QVERIFY(target().health.status == Health::Degraded && target().routed);
        run.runTo(at(22s));
        QVERIFY(target().health.status == Health::Unhealthy && !target().routed);
        QVERIFY(!target().readiness.back().timedOut); // it did answer, too slowly
        run.runTo(at(36s));
        QVERIFY(target().health.status == Health::Healthy && target().routed);
        QCOMPARE(run.world().totals().of(sim::RequestOutcome::Failed), uint64_t(0));
        QCOMPARE(run.world().totals().of(sim::RequestOutcome::TimedOut), uint64_t(0));
    }

    void thresholdsKeepTheRoutingCalm()
    {
        const size_t calm = routingChanges(playedHealth("flapping-node")) - 3;
        const size_t nervous =
            routingChanges(playedHealth("flapping-node", {{"failures_to_unhealthy", 1}, {"successes_to_healthy", 1}}))
            - 3;
        QVERIFY2(calm >= 1 && nervous >= 3 * calm, qPrintable(QStringLiteral("%1 against %2").arg(nervous).arg(calm)));
    }

    void properProbesRestartNobodyForTheDatabase()
    {
        Timeline run = begun("database-outage");
        run.runTo(at(22s));
        for (const auto &target : std::vector(sim::snapshotOf(run).health.at(0).targets))
            QVERIFY(!target.routed && target.health.live);
        run.runTo(at(46s));
        QCOMPARE(restarts(run), uint64_t(0));
        for (const auto &target : std::vector(sim::snapshotOf(run).health.at(0).targets))
            QVERIFY(target.routed);
    }

    void livenessThatAsksTheDatabaseMakesARestartStorm()
    {
        const Timeline proper = playedHealth("database-outage");
        const Timeline broken = playedHealth("restart-storm");
        QVERIFY2(restarts(broken) >= 6, qPrintable(QString::number(restarts(broken))));
        // The database is back at 24 s. Whoever restarts then is missing, and cold afterwards.
        const double well = successShare(proper, at(24s), at(36s));
        const double ill = successShare(broken, at(24s), at(36s));
        QVERIFY2(ill < well, qPrintable(QStringLiteral("%1 against %2").arg(ill).arg(well)));
        // The knob makes the one run into the other.
        const Timeline turned = playedHealth("database-outage", {{"broken_liveness_asks_dependencies", 1}});
        QCOMPARE(restarts(turned), restarts(broken));
    }

    void aStuckProcessIsRestartedOnce()
    {
        const Timeline run = playedHealth("stuck-process");
        QCOMPARE(restarts(run), uint64_t(1));
        QVERIFY(!run.world().services()[1].fault(FaultKind::Hang));
        QVERIFY(run.world().clients()[0].isRouted(1));
        // Without liveness it stays out for ever.
        const Timeline without = playedHealth("stuck-process", {{"liveness", 0}});
        QCOMPARE(restarts(without), uint64_t(0));
        QVERIFY(!without.world().clients()[0].isRouted(1));
    }
};

REGISTER_TEST(HealthCheckLabTest)
#include "health_check_test.moc"
