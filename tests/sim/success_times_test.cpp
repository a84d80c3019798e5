// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "tests/register_test.h"

#include <QtTest>

#include <memory>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// Two clients of a service that is often slow, fails at times, and is once away; the second one hedges.
std::shared_ptr<const Scenario> unsteady()
{
    auto scenario = std::make_shared<Scenario>();
    scenario->until = 60s;
    ServiceConfig service;
    service.name = "service";
    service.errorRate = 0.1;
    scenario->services.push_back(service);
    for (const char *name : {"plain", "hedged"}) {
        ClientConfig client;
        client.name = name;
        client.arrivals.rate = 5;
        client.pipeline.order = PolicyOrder::usual();
        if (scenario->clients.empty())
            client.pipeline.order.remove(PolicyKind::Hedging);
        client.pipeline.hedging = {.maxAttempts = 3, .delay = 500ms};
        client.pipeline.attemptTimeout = 4s;
        scenario->clients.push_back(client);
    }
    scenario->script.insert({kTimeZero, 0, SetFault{0, FaultKind::LatencySpikes, 3}});
    scenario->script.insert({at(30s), 0, SetFault{0, FaultKind::Outage, 1}});
    scenario->script.insert({at(35s), 0, ClearFault{0, FaultKind::Outage}});
    return scenario;
}

// The same from the log: how long each original of the client took that succeeded.
std::vector<Duration> fromLog(const Timeline &run, uint32_t client)
{
    std::vector<Duration> times;
    const EventLog &log = run.history().log();
    for (uint64_t number = log.firstNumber(); number <= run.lastEvent(); ++number)
        if (const Event *event = log.numbered(number);
            event->ends && event->actor == Subject::client(client) && event->ends->outcome == RequestOutcome::Succeeded)
            times.push_back(event->ends->took);
    return times;
}

} // namespace

class SuccessTimesTest : public QObject {
    Q_OBJECT
private slots:
    void areThoseOfTheLog()
    {
        Timeline run(unsteady());
        QVERIFY(!snapshotOf(run).clients[0].p99Success);
        for (const Duration until : {2s, 20s, 40s, 60s, 25s}) { // back, too
            run.runTo(at(until));
            const Snapshot snapshot = snapshotOf(run);
            for (const uint32_t client : {0U, 1U}) {
                const std::vector<Duration> times = fromLog(run, client);
                DurationHistogram expected;
                for (const Duration took : times)
                    expected.add(took);
                QVERIFY(expected.count() > 0);
                QVERIFY(run.world().flow().successTimesOf(client) == expected);
                QCOMPARE(expected.count(), snapshot.clients[client].totals.of(RequestOutcome::Succeeded));
                QVERIFY(snapshot.clients[client].medianSuccess == expected.percentile(0.5));
                QVERIFY(snapshot.clients[client].p99Success == expected.percentile(0.99));
                QVERIFY(*snapshot.clients[client].p99Success <= *std::max_element(times.begin(), times.end()));
            }
        }
    }

    // Attempts that are out side by side have different places, and one that was beaten says so.
    void attemptsSideBySide()
    {
        Timeline run(unsteady());
        size_t beside = 0;
        size_t beaten = 0;
        while (run.stepEvent(at(20s))) {
            const auto &flow = run.world().flow();
            for (const OpenCall &call : flow.openCalls()) {
                std::vector<uint32_t> places;
                for (const OpenCall::Out &out : call.out)
                    places.push_back(flow.request(out.request)->place);
                std::sort(places.begin(), places.end());
                QVERIFY(std::adjacent_find(places.begin(), places.end()) == places.end());
                QVERIFY(places.empty() || places.back() < 3);
                beside += places.size() > 1;
            }
            for (const Request &request : flow.requests()) {
                QVERIFY(!request.beaten || request.abandoned);
                QVERIFY(request.client == 1 || (request.place == 0 && !request.beaten));
                beaten += request.beaten;
            }
        }
        QVERIFY(beside > 0 && beaten > 0);
    }
};

REGISTER_TEST(SuccessTimesTest)
#include "success_times_test.moc"
