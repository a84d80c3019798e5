// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario/event_json.h"
#include "core/io/scenario/summary_json.h"
#include "core/sim/run/timeline.h"
#include "tests/io/sample_files.h"
#include "tests/register_test.h"
#include "tests/sim/any_scenario.h"

#include <QtTest>
#include <rapidcheck.h>

#include <utility>

using namespace resilience;
using namespace resilience::io;
using namespace std::chrono_literals;

namespace {

using namespace resilience::sim;

// A value of every kind of event, in their order.
template <size_t... Kinds> std::vector<EventDetail> everyDetail(std::index_sequence<Kinds...>)
{
    return {EventDetail(std::in_place_index<Kinds>)...};
}
std::vector<EventDetail> everyDetail()
{
    return everyDetail(std::make_index_sequence<std::variant_size_v<EventDetail>>());
}

} // namespace

class RunOutputTest : public QObject {
    Q_OBJECT
private slots:
    void callEventLines()
    {
        const EventLines lines(tests::fullScenarioAsValue());
        const auto line = [&](EventDetail detail) {
            return lines.lineOf({.at = at(1500ms),
                                 .number = 12,
                                 .actor = Subject::client(0),
                                 .target = Subject::service(1),
                                 .request = 3,
                                 .attempt = 1,
                                 .pipeline = 0,
                                 .detail = std::move(detail)});
        };
        const std::string start = R"({"number":12,"at":1.5,"event":)";
        const std::string call = R"(,"client":"checkout","service":"stock","request":3,"attempt":1})";
        QCOMPARE(line(Offered{}), start + R"("offered")" + call);
        QCOMPARE(line(Sent{{4, true}, BreakerState::HalfOpen, 2}),
                 start + R"("sent","state":"half-open","generation":4,"trial":2)" + call);
        QCOMPARE(
            line(Rejected{Rejection::Open, 300ms, BreakerState::Open, at(1s), 5}),
            start + R"("turned-away","by":"circuit-breaker","why":"open","retry_after":0.3,"state":"open","since":1.0,)"
                + R"("generation":5)" + call);
        QCOMPARE(line(Rejected{.why = Rejection::QueueFull, .by = PolicyKind::Bulkhead}),
                 start + R"("turned-away","by":"bulkhead","why":"queue-full")" + call);
        QCOMPARE(line(Queued{PolicyKind::RateLimiter, at(2s)}),
                 start + R"("queued","at_policy":"rate-limiter","until":2.0)" + call);
        QCOMPARE(line(Admitted{PolicyKind::Bulkhead, 250ms}),
                 start + R"("went-on","at_policy":"bulkhead","waited":0.25)" + call);
        QCOMPARE(line(RetryPlanned{2, 100ms, {50ms, 150ms}, at(1600ms)}),
                 start + R"("retry-planned","next_attempt":2,"delay":0.1,"drawn_from":[0.05,0.15],"next":1.6)" + call);
        QCOMPARE(line(RetryGivenUp{RetryVerdict::Reason::Budget}), start + R"("retry-given-up","why":"budget")" + call);
        QCOMPARE(line(HedgeBegun{2, true}), start + R"("hedge-begun","hedge":2,"after_failure":true)" + call);
        QCOMPARE(line(Cancelled{true}), start + R"("cancelled","beaten":true)" + call);
        QCOMPARE(line(OutOfTime{std::nullopt}), start + R"("out-of-time","by":"deadline")" + call);
        QCOMPARE(line(OutOfTime{PolicyKind::TotalTimeout}), start + R"("out-of-time","by":"total-timeout")" + call);
        QCOMPARE(line(Answered{.failed = true, .overloaded = true}),
                 start + R"("answered","failed":true,"refused":false,"overloaded":true,"carried_out":false,)"
                     + R"("again":false,"stored":false,"for_nobody":false)" + call);
        QCOMPARE(line(MessageLost{true}), start + R"("message-lost","message":"answer")" + call);
        const std::string finished = line(Finished{});
        for (const char *key : {"outcome", "took", "slow", "refused", "broken", "trial", "state", "generation",
                                "recorded", "window", "trials_succeeded", "trials_failed"})
            QVERIFY2(finished.find('"' + std::string(key) + "\":") != std::string::npos, key);
    }

    void whomAnEventIsAbout()
    {
        const EventLines lines(tests::fullScenarioAsValue());
        const auto line = [&](Event event) {
            event.number = 1;
            return lines.lineOf(event);
        };
        const std::string start = R"({"number":1,"at":0.0,"event":)";
        QCOMPARE(line({.target = Subject::service(1), .detail = FaultSet{FaultKind::Latency, 1.5}}),
                 start + R"("fault-set","kind":"latency","value":1.5,"service":"stock"})");
        QCOMPARE(line({.target = Subject::lockNode(0), .detail = FaultCleared{FaultKind::Crash}}),
                 start + R"("fault-cleared","kind":"crash","node":"node-a"})");
        QCOMPARE(line({.target = Subject::lockHolder(0), .detail = FaultSet{FaultKind::Pause, 1}}),
                 start + R"("fault-set","kind":"pause","holder":"ann"})");
        QCOMPARE(line({.detail = KnobTurned{0, 3}}),
                 start + R"("knob-turned","knob":"failure_threshold","value":3.0})");
        QCOMPARE(line({.pipeline = 4, .detail = PoliciesSet{4, {}}}),
                 start + R"("policies-set","policies":[],"of":"gateway to mail"})");
        // A call that the gateway makes for the third client's original, and what moves its own breaker by itself.
        QCOMPARE(
            line({.actor = Subject::client(2),
                  .target = Subject::service(4),
                  .request = 7,
                  .attempt = 2,
                  .caller = Subject::service(2),
                  .pipeline = 4,
                  .detail = Cancelled{}}),
            start + R"("cancelled","client":"plain","caller":"gateway","service":"mail","pipeline":"gateway to mail",)"
                + R"("request":7,"attempt":2})");
        QCOMPARE(
            line({.target = Subject::service(4), .caller = Subject::service(2), .pipeline = 4, .detail = WaitOver{}}),
            start + R"("wait-over","caller":"gateway","service":"mail","pipeline":"gateway to mail"})");
        // Who shares policies passes another's.
        QCOMPARE(line({.actor = Subject::client(4),
                       .target = Subject::service(0),
                       .request = 8,
                       .attempt = 1,
                       .pipeline = 3,
                       .ends = Ending{RequestOutcome::TimedOut, 1500ms, 2, true},
                       .detail = OutOfTime{}}),
                 start + R"("out-of-time","by":"total-timeout","client":"sharing","service":"payment-service",)"
                     + R"("pipeline":"careful","request":8,"attempt":1,)"
                     + R"("ends":{"outcome":"timed_out","took":1.5,"attempts":2,"fell_back":true}})");
        QCOMPARE(
            line({.actor = Subject::client(3), .target = Subject::service(2), .detail = ProbeSent{Probe::Liveness}}),
            start + R"("probe-sent","kind":"liveness","client":"careful","service":"gateway"})");
        QCOMPARE(line({.actor = Subject::client(3),
                       .target = Subject::service(2),
                       .detail = HealthChanged{Health::Healthy, Health::Unhealthy, false, false}}),
                 start + R"("health-changed","from":"healthy","to":"unhealthy","live":false,"routed":false,)"
                     + R"("client":"careful","service":"gateway"})");
        QCOMPARE(line({.actor = Subject::lockHolder(1),
                       .target = Subject::lockNode(1),
                       .detail = LockVoted{LockReply::Taken, 9}}),
                 start + R"("lock-voted","reply":"taken","round":9,"holder":"bob","node":"node-b"})");
        QCOMPARE(line({.actor = Subject::lockHolder(1), .detail = LockDecided{LockOutcome::Acquired, 2, 5s, 4, true}}),
                 start + R"("lock-decided","outcome":"acquired","votes":2,"validity":5.0,"token":4,"others_hold":true,)"
                     + R"("holder":"bob"})");
        QCOMPARE(line({.actor = Subject::lockHolder(0), .detail = WriteTried{4, true, true}}),
                 start + R"("write-tried","token":4,"accepted":true,"stale":true,"holder":"ann"})");
        QCOMPARE(line({.target = Subject::lockNode(2), .detail = NodeRestarted{}}),
                 start + R"("node-restarted","node":"node-c"})");
    }

    // Each has a name of its own, in a run with everything and in one of a lock alone.
    void everyEventHasALine()
    {
        sim::Scenario lockAlone = tests::fullScenarioAsValue();
        lockAlone.services.clear();
        lockAlone.clients.clear();
        lockAlone.script = {};
        for (const sim::Scenario &scenario : {tests::fullScenarioAsValue(), lockAlone}) {
            const EventLines lines(scenario);
            QSet<QString> names;
            for (const EventDetail &detail : everyDetail()) {
                if (std::holds_alternative<PoliciesSet>(detail) && scenario.clients.empty())
                    continue;
                const std::string line = lines.lineOf({.number = 1, .detail = detail});
                const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
                const QString name = object["event"].toString();
                QVERIFY2(QRegularExpression("^[a-z]+(-[a-z]+)*$").match(name).hasMatch(), line.c_str());
                QVERIFY2(!names.contains(name), line.c_str());
                names.insert(name);
            }
        }
    }

    void summary()
    {
        RunSummary run;
        run.step = "circuit-breaker";
        run.scenario = "full";
        run.seed = 7;
        run.until = 12500ms;
        run.fingerprint = "0123456789abcdef";
        run.goals = {{"opens", true}, {"recovers", false}};
        run.totals.offered = 5;
        run.totals.ended = {1, 0, 2, 1, 0, 0};
        run.totals.inFlight = 1;
        run.totals.attempts = 4;
        run.totals.fellBack = 3;
        const auto played = [&run] {
            return QJsonDocument::fromJson(QByteArray::fromStdString(summaryToJson(run))).object();
        };
        const QJsonObject object = played();
        QCOMPARE(object["step"].toString(), QString("circuit-breaker"));
        QCOMPARE(object["scenario"].toString(), QString("full"));
        QCOMPARE(object["seed"].toInt(), 7);
        QCOMPARE(object["until"].toDouble(), 12.5);
        QCOMPARE(object["fingerprint"].toString(), QString("0123456789abcdef"));
        const QJsonObject totals = object["totals"].toObject();
        QCOMPARE(totals["offered"].toInt(), 5);
        QCOMPARE(totals["succeeded"].toInt() + totals["failed"].toInt() + totals["timed_out"].toInt()
                     + totals["short_circuited"].toInt() + totals["rejected"].toInt() + totals["throttled"].toInt()
                     + totals["in_flight"].toInt(),
                 5);
        QCOMPARE(totals["fell_back"].toInt(), 3);
        QCOMPARE(object["goals"].toObject(), (QJsonObject{{"opens", true}, {"recovers", false}}));
        QCOMPARE(object["patterns"].toObject(), QJsonObject());
        run.clients = {{"one", run.totals}};
        QVERIFY(!played().contains("clients"));
        run.clients.emplace_back("two", sim::Totals{});
        QCOMPARE(played()["clients"].toObject()["one"].toObject(), totals);
        QCOMPARE(played()["clients"].toObject()["two"].toObject()["offered"].toInt(), 0);
    }

    void patternsOfARun()
    {
        RunSummary run;
        run.counters = RunCounters(tests::fullScenarioAsValue());
        const auto tell = [&run](EventDetail detail, std::optional<uint32_t> pipeline = 3) {
            run.counters.add({.pipeline = pipeline, .detail = std::move(detail)});
        };
        tell(Sent{});
        tell(Sent{}, 0); // knows no retry
        tell(Sent{.trial = 1}, 0);
        tell(RetryPlanned{});
        tell(RetryGivenUp{RetryVerdict::Reason::Budget});
        tell(Rejected{.by = PolicyKind::RateLimiter});
        tell(Rejected{.by = PolicyKind::CircuitBreaker}, 0);
        tell(Rejected{.by = PolicyKind::CircuitBreaker}, 5);
        tell(Rejected{.why = Rejection::QueueFull, .by = PolicyKind::Bulkhead}, 4);
        tell(Rejected{.why = Rejection::WaitedInVain, .by = PolicyKind::Bulkhead}, 4);
        tell(Queued{PolicyKind::Bulkhead, {}}, 4);
        tell(Queued{PolicyKind::RateLimiter, {}});
        tell(Finished{.outcome = RequestOutcome::TimedOut, .timedOutBy = PolicyKind::AttemptTimeout});
        tell(OutOfTime{});
        tell(ProbeSent{}, std::nullopt);
        tell(ProbeEnded{.succeeded = false}, std::nullopt);
        tell(Restarting{}, std::nullopt);
        tell(LockDecided{.outcome = LockOutcome::Acquired}, std::nullopt);
        tell(LockDecided{.outcome = LockOutcome::NotAcquired}, std::nullopt);
        tell(LockDecided{.outcome = LockOutcome::Released}, std::nullopt);
        tell(WriteTried{.accepted = true, .stale = true}, std::nullopt);
        tell(WriteTried{.accepted = false, .stale = true}, std::nullopt);
        const QJsonObject patterns =
            QJsonDocument::fromJson(QByteArray::fromStdString(summaryToJson(run))).object()["patterns"].toObject();
        const auto counter = [&patterns](const char *pattern, const char *key) {
            const QJsonValue value = patterns[pattern].toObject()[key];
            return value.isDouble() ? value.toInt() : -1;
        };
        QCOMPARE(counter("retry", "retries"), 1);
        QCOMPARE(counter("retry", "attempts"), 1);
        QCOMPARE(patterns["retry"].toObject()["given_up"].toObject(),
                 (QJsonObject{
                     {"budget", 1}, {"cancelled", 0}, {"max-attempts", 0}, {"max-elapsed", 0}, {"not-retryable", 0}}));
        QCOMPARE(counter("rate-limiter", "rejected"), 1);
        QCOMPARE(counter("bulkhead", "rejected"), 1);
        QCOMPARE(counter("bulkhead", "expired"), 1);
        QCOMPARE(counter("bulkhead", "queued"), 1);
        QCOMPARE(counter("timeout", "attempts"), 1);
        QCOMPARE(counter("timeout", "waits"), 1);
        QCOMPARE(counter("health-check", "probes"), 1);
        QCOMPARE(counter("health-check", "failed"), 1);
        QCOMPARE(counter("health-check", "restarts"), 1);
        QCOMPARE(counter("distributed-lock", "acquired"), 1);
        QCOMPARE(counter("distributed-lock", "not_acquired"), 1);
        QCOMPARE(counter("distributed-lock", "writes_accepted"), 1);
        QCOMPARE(counter("distributed-lock", "writes_refused"), 1);
        QCOMPARE(counter("distributed-lock", "stale_accepted"), 1);
        QCOMPARE(counter("circuit-breaker", "rejected"), 2);
        QCOMPARE(counter("circuit-breaker", "trials"), 1);
        const QJsonObject each = patterns["circuit-breaker"].toObject()["clients"].toObject();
        QCOMPARE(each.keys(), (QStringList{"batch", "careful", "checkout", "gateway to ledger", "plain"}));
        QCOMPARE(each["gateway to ledger"].toObject()["rejected"].toInt(), 1);
    }

    // What was played adds up with what was counted.
    void countersOfAPlayedRun()
    {
        QVERIFY(rc::check([] {
            RandomStream random(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>()), "scenario");
            const auto scenario = std::make_shared<const sim::Scenario>(tests::anyScenario(random));
            sim::Timeline timeline(scenario);
            timeline.runTo(at(10s));
            RunCounters counters(*scenario);
            uint64_t sent = 0;
            for (uint64_t number = 1; number <= timeline.lastEvent(); ++number) {
                const Event &event = *timeline.history().log().numbered(number);
                counters.add(event);
                sent += event.as<Sent>() != nullptr;
            }
            counters.close(timeline.world());
            uint64_t permitted = 0;
            uint64_t rejected = 0;
            for (const BreakerCounters &breaker : counters.breakers()) {
                const auto owner = sim::pipelineOwnersOf(*scenario)[breaker.pipeline];
                RC_ASSERT(breaker.owner == owner.name);
                const BreakerView view = timeline.world().pipelines()[breaker.pipeline].breaker().view(timeline.now());
                RC_ASSERT(breaker.state == view.state);
                permitted += breaker.permitted;
                rejected += breaker.rejected;
            }
            const auto turnedAway = [&](PolicyKind by) {
                uint64_t sum = 0;
                for (uint32_t i = 0; i < timeline.world().pipelines().size(); ++i)
                    sum += timeline.world().flow().countsOf(i).turnedAway[static_cast<size_t>(by)];
                return sum;
            };
            RC_ASSERT(rejected == turnedAway(PolicyKind::CircuitBreaker));
            for (const GateCounters &gate : counters.gates())
                RC_ASSERT(gate.rejected == turnedAway(gate.kind));
            if (const auto &bulkhead = counters.bulkhead()) {
                RC_ASSERT(bulkhead->rejected + bulkhead->expired == turnedAway(PolicyKind::Bulkhead));
                RC_ASSERT(bulkhead->expired <= bulkhead->queued);
            }
            if (const auto &timeout = counters.timeout())
                RC_ASSERT(timeout->attempts + timeout->waits
                          == turnedAway(PolicyKind::AttemptTimeout) + turnedAway(PolicyKind::TotalTimeout));
            if (const auto &retry = counters.retry())
                RC_ASSERT(retry->attempts <= sent);
        }));
    }
};
REGISTER_TEST(RunOutputTest)

#include "run_output_test.moc"
