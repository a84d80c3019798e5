// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/event_json.h"
#include "core/io/summary_json.h"
#include "tests/io/sample_files.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::io;
using namespace std::chrono_literals;

class RunOutputTest : public QObject {
    Q_OBJECT
private slots:
    void eventLines()
    {
        const sim::Scenario scenario = tests::fullScenarioAsValue();
        const auto line = [&](sim::EventDetail detail) {
            return eventToLine({.at = at(1500ms),
                                .number = 12,
                                .client = 0,
                                .service = 1,
                                .request = 3,
                                .attempt = 1,
                                .detail = std::move(detail)},
                               scenario);
        };
        const std::string start = R"({"number":12,"at":1.5,"event":)";
        const std::string call = R"(,"client":"checkout","service":"stock","request":3,"attempt":1})";
        QCOMPARE(line(sim::Offered{}), start + R"("offered")" + call);
        QCOMPARE(line(sim::Sent{{4, true}, BreakerState::HalfOpen, 2}),
                 start + R"("sent","state":"half-open","generation":4,"trial":2)" + call);
        QCOMPARE(line(sim::TurnedAway{Rejection::Open, 300ms, BreakerState::Open, at(1s), 5}),
                 start + R"("turned-away","why":"open","retry_after":0.3,"state":"open","since":1.0,"generation":5)"
                     + call);
        QCOMPARE(line(sim::Answered{true, false}), start + R"("answered","failed":true,"refused":false)" + call);
        QCOMPARE(line(sim::FaultSet{sim::FaultKind::Latency, 1.5}),
                 start + R"("fault-set","kind":"latency","value":1.5,"service":"stock","request":3,"attempt":1})");
        QCOMPARE(line(sim::KnobTurned{0, 3}), start + R"("knob-turned","knob":"failure_threshold","value":3.0})");
        const std::string finished = line(sim::Finished{});
        for (const char *key : {"outcome", "took", "slow", "refused", "trial", "state", "generation", "recorded",
                                "window", "trials_succeeded", "trials_failed"})
            QVERIFY2(finished.find('"' + std::string(key) + "\":") != std::string::npos, key);
    }

    void summary()
    {
        RunSummary run{
            "circuit-breaker", "full", 7, 12500ms, "0123456789abcdef", {}, {{"opens", true}, {"recovers", false}}, {}};
        run.totals.offered = 5;
        run.totals.ended = {1, 0, 2, 1, 0, 0};
        run.totals.inFlight = 1;
        run.totals.attempts = 4;
        run.breakers.resize(2);
        run.breakers[0].client = "a";
        run.breakers[0].state = BreakerState::Open;
        run.breakers[0].rejected = 1;
        run.breakers[1].client = "b";
        run.breakers[1].rejected = 10;
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(summaryToJson(run))).object();
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
        QCOMPARE(object["goals"].toObject(), (QJsonObject{{"opens", true}, {"recovers", false}}));
        const QJsonObject breaker = object["patterns"].toObject()["circuit-breaker"].toObject();
        QCOMPARE(breaker["state"].toString(), QString("open"));
        QCOMPARE(breaker["rejected"].toInt(), 11);
        QCOMPARE(breaker["clients"].toObject()["b"].toObject()["rejected"].toInt(), 10);
    }
};
REGISTER_TEST(RunOutputTest)

#include "run_output_test.moc"
