// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tell/transcript.h"
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using namespace tests;

Q_DECLARE_METATYPE(resilience::sim::Event)

namespace {

// A client, a service that calls another, a lock with a node and a holder.
Scenario everything()
{
    Scenario scenario = bare({0s});
    scenario.services.push_back(serviceNamed("stock"));
    scenario.services[0].dependencies = {{1, false, {}}};
    scenario.lock.nodes = {{"node-a", 0}};
    scenario.lock.lock.nodes = 1;
    scenario.lock.holders = {{.name = "worker-1"}, {.name = "worker-2"}};
    return scenario;
}

QString transcriptOf(const Scenario &scenario, Duration until)
{
    Timeline timeline(std::make_shared<const Scenario>(scenario));
    timeline.runTo(at(until));
    return QString::fromStdString(transcript(timeline));
}

} // namespace

class TranscriptTest : public QObject {
    Q_OBJECT
private slots:
    void consoleLines_data()
    {
        QTest::addColumn<Event>("event");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *line, EventDetail detail, std::optional<Ending> ends = {}, uint32_t attempt = 1,
                            Subject caller = {}) {
            const bool ofLock = QString(line).contains("worker-1");
            QTest::newRow(line) << Event{.actor = ofLock ? Subject::lockHolder(0) : Subject::client(0),
                                         .target = Subject::service(0),
                                         .request = 3,
                                         .attempt = attempt,
                                         .caller = caller,
                                         .ends = ends,
                                         .detail = std::move(detail)}
                                << QString(line);
        };
        const Ending fellBack{RequestOutcome::Failed, 1s, 2, true};
        row("Success 3: 120 ms", Finished{.outcome = RequestOutcome::Succeeded, .took = 120ms});
        row("Success 3, attempt 2: 120 ms", Finished{.outcome = RequestOutcome::Succeeded, .took = 120ms}, {}, 2);
        row("Failure 3: Connection refused", Finished{.outcome = RequestOutcome::Failed, .refused = true});
        row("Failure 3, attempt 2: Internal server error; the fallback answers",
            Finished{.outcome = RequestOutcome::Failed}, fellBack, 2);
        row("Timeout 3: no answer within 1 s", Finished{.outcome = RequestOutcome::TimedOut, .took = 1s});
        row("Timeout 3: out of time while waiting", OutOfTime{PolicyKind::TotalTimeout});
        row("Fast fail: shop circuit is OPEN", Rejected{.why = Rejection::Open});
        row("Throttled 3: a permit is free in 500 ms",
            Rejected{.why = Rejection::Throttled, .retryAfter = 500ms, .by = PolicyKind::RateLimiter});
        row("Rejected 3: bulkhead is full", Rejected{.why = Rejection::QueueFull, .by = PolicyKind::Bulkhead});
        row("Rejected 3: no slot came free in time",
            Rejected{.why = Rejection::WaitedInVain, .by = PolicyKind::Bulkhead});
        row("Waiting 3: for a slot", Queued{PolicyKind::Bulkhead, {}});
        row("Waiting 3: for its turn", Queued{PolicyKind::RateLimiter, {}});
        row("Going on 3: got a slot after 250 ms", Admitted{PolicyKind::Bulkhead, 250ms});
        row("Retry 3: attempt 2 in 100 ms", RetryPlanned{.attempt = 2, .delay = 100ms});
        row("Giving up 3: max-attempts; the fallback answers", RetryGivenUp{RetryVerdict::Reason::MaxAttempts},
            fellBack);
        row("Failure 3: Connection lost", Finished{.outcome = RequestOutcome::Failed, .broken = true});
        row("shop: Failure 3: Internal server error", Finished{.outcome = RequestOutcome::Failed}, {}, 1,
            Subject::service(0));
        row("Probe failed: shop readiness: no answer within 1 s",
            ProbeEnded{.succeeded = false, .timedOut = true, .latency = 1s});
        row("Health of shop: healthy → unhealthy, out of rotation",
            HealthChanged{Health::Healthy, Health::Unhealthy, true, false});
        row("Restarting shop: takes 3 s", Restarting{3s});
        row("Restarted shop", Restarted{});
        row("Acquired by worker-1: 1 vote, valid for 9.8 s, token 4",
            LockDecided{LockOutcome::Acquired, 1, 9800ms, 4, false});
        row("Not-acquired by worker-1: 0 votes", LockDecided{.outcome = LockOutcome::NotAcquired});
        row("Acquired by worker-1: 3 votes, valid for 1 s; somebody else holds it too",
            LockDecided{LockOutcome::Acquired, 3, 1s, 0, true});
        row("Lease of worker-1 is over", LeaseOver{true});
        row("Lease of worker-1 is over, unnoticed", LeaseOver{false});
        row("Write by worker-1 accepted, token 4", WriteTried{4, true, false});
        row("Write by worker-1 refused, token 4: stale", WriteTried{4, false, true});
        row("Write by worker-1 held back: its lease is over", WriteHeldBack{});
        // What nobody prints.
        for (const auto &[name, detail] : {std::pair{"offered", EventDetail(Offered{})},
                                           {"sent", Sent{}},
                                           {"reached", ReachedService{}},
                                           {"answered", Answered{}},
                                           {"late", LateAnswer{}},
                                           {"fault", FaultSet{}},
                                           {"asked", LockAsked{}}})
            QTest::newRow(name) << Event{.request = 1, .detail = detail} << QString();
    }
    void consoleLines()
    {
        QFETCH(Event, event);
        QFETCH(QString, line);
        QCOMPARE(QString::fromStdString(consoleLine(event, everything()).value_or("")), line);
    }

    void theBreakerNotesOnlyWhatItHasSeen()
    {
        QVERIFY(!breakerLine({.detail = Rejected{.by = PolicyKind::RateLimiter}}));
        QVERIFY(!breakerLine({.detail = Finished{.recorded = Recorded::Nothing}})); // passed none
        QVERIFY(breakerLine({.detail = Finished{.recorded = Recorded::Counted}}) == "  [closed] success");
        QVERIFY(breakerLine({.detail = Finished{.state = BreakerState::Disabled, .recorded = Recorded::Nothing}})
                == "  [disabled] success");
    }

    void aRunWithoutABreaker()
    {
        Scenario scenario = bare({0s});
        use(scenario.clients[0].pipeline, {PolicyKind::Fallback, PolicyKind::Retry});
        scenario.clients[0].pipeline.retry.maxAttempts = 2;
        scenario.script.insert({kTimeZero, 0, SetFault{0, FaultKind::Outage, 1}});
        QCOMPARE(transcriptOf(scenario, 1s), "Failure 1: Connection refused\n"
                                             "Retry 1: attempt 2 in 100 ms\n"
                                             "Failure 1, attempt 2: Connection refused\n"
                                             "Giving up 1: max-attempts; the fallback answers\n");
    }

    void onePartAfterTheOther()
    {
        Scenario scenario = bare({0s});
        use(scenario.clients[0].pipeline, {PolicyKind::CircuitBreaker});
        scenario.services.push_back(serviceNamed("stock"));
        scenario.services[0].dependencies = {{1, false, {}}};
        scenario.script.insert({kTimeZero, 0, SetFault{1, FaultKind::Outage, 1}});
        QCOMPARE(transcriptOf(scenario, 1s), "=== browser ===\n"
                                             "Failure 1: Internal server error\n"
                                             "State: closed\n"
                                             "  [closed] failure(1)\n"
                                             "=== shop to stock ===\n"
                                             "shop: Failure 1: Connection refused\n");
    }
};
REGISTER_TEST(TranscriptTest)

#include "transcript_test.moc"
