// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario_json.h"
#include "tests/io/sample_files.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::io;

class ScenarioJsonTest : public QObject {
    Q_OBJECT
private slots:
    void everyKeyIsRead()
    {
        const auto read = readScenario(tests::fullScenario(), "full.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(*read, tests::fullScenarioAsValue());
    }

    void defaultsAreTheValues()
    {
        const auto read = readScenario(tests::leastScenario(), "least.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        sim::Scenario expected;
        expected.step = "circuit-breaker";
        expected.name = "least";
        expected.services.resize(1);
        expected.services[0].name = "s";
        expected.clients.resize(1);
        expected.clients[0].name = "c";
        QCOMPARE(*read, expected);
    }

    void roundTrip()
    {
        for (const std::string &text : {tests::fullScenario(), tests::leastScenario()}) {
            const auto read = readScenario(text, "a.json");
            const std::string written = scenarioToJson(*read);
            const auto again = readScenario(written, "b.json");
            QVERIFY2(again, again ? "" : again.error().message().c_str());
            QCOMPARE(*again, *read);
            QCOMPARE(scenarioToJson(*again), written);
        }
    }

    // A fault that changes its value and then ends is written so that it reads back the same.
    void faultsThatFollowEachOther()
    {
        const auto read = readScenario(tests::with(R"("faults": [)", R"("faults": [
                {"at": 1, "kind": "latency", "value": 1}, {"at": 2, "until": 3, "kind": "latency", "value": 2},
                {"at": 3, "kind": "latency"},)"),
                                       "f.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(*readScenario(scenarioToJson(*read), "g.json"), *read);
    }

    // The same plan is the same journal in whatever order a file says it.
    void orderOfFaultsDoesNotMatter()
    {
        const char *one =
            R"("faults": [{"at": 1, "until": 2, "kind": "outage"}, {"at": 2, "until": 3, "kind": "outage"}])";
        const char *two =
            R"("faults": [{"at": 2, "until": 3, "kind": "outage"}, {"at": 1, "until": 2, "kind": "outage"}])";
        const auto file = [](const char *faults) {
            return *readScenario(
                tests::replaced(tests::leastScenario(), R"("services")", std::string(faults) + R"(, "services")"), "f");
        };
        QCOMPARE(file(one), file(two));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *from, const char *to, const char *message) {
            QTest::newRow(to) << QByteArray(from) << QByteArray(to) << QByteArray(message);
        };
        row(R"("until": 30)", R"("until": -1)", "/until: found -1, expected seconds, 1e-09 to 1000000");
        row(R"("until": 30)", R"("untl": 30)",
            "/untl: found the unknown key \"untl\", expected one of clients, description, "
            "faults, format, knobs, name, network_latency, seed, services, speed, step, title, until; did you mean "
            "\"until\"?");
        row(R"("until": 30)", R"("until": 1e7)", "/until: found 10000000.0, expected seconds, 1e-09 to 1000000");
        row(R"(18446744073709551615)", R"(18446744073709551616)",
            "/seed: found 1.8446744073709552e+19, expected a seed (a whole number), 0 to 18446744073709551615");
        row(R"(18446744073709551615)", "-1",
            "/seed: found -1, expected a seed (a whole number), 0 to 18446744073709551615");
        row(R"(scenario/1)", R"(scenario/2)",
            "/format: found the text \"resilience-lab/scenario/2\", expected \"resilience-lab/scenario/1\"");
        row(R"("full")", R"("a b")",
            "/name: found the text \"a b\", expected a name of letters, digits, dots, dashes and "
            "underscores, not beginning with a dot or a dash");
        row(R"("full")", R"("../x")",
            "/name: found the text \"../x\", expected a name of letters, digits, dots, dashes and "
            "underscores, not beginning with a dot or a dash");
        row(R"("stock")", R"("payment-service")",
            "/services/1/name: found the name \"payment-service\" again, expected a new one");
        row(R"("batch")", R"("checkout")", "/clients/1/name: found the name \"checkout\" again, expected a new one");
        row(R"("latency_spread": 0.1)", R"("latency_spread": 0.4)",
            "/services/0/latency_spread: found 0.4, expected at most the latency, 0.3");
        row(R"("target": "stock",)", R"("target": "stok",)",
            "/clients/0/target: found the unknown service \"stok\", expected one of payment-service, stock; did you "
            "mean \"stock\"?");
        row(R"("type": "poisson")", R"("type": "poison")",
            "/clients/0/arrivals/type: found the text \"poison\", expected one of steady, poisson, script; did you "
            "mean \"poisson\"?");
        row(R"({"type": "poisson", "rate": 12.5})", R"({"rate": 1})",
            "/clients/0/arrivals: found no key \"type\", expected \"type\", one of steady, poisson, script");
        row(R"({"type": "poisson", "rate": 12.5})", R"("often")",
            "/clients/0/arrivals: found the text \"often\", expected an object");
        row(R"("rate": 12.5)", R"("times": [1])",
            "/clients/0/arrivals/times: found the unknown key \"times\", expected one of rate, type");
        row(R"("rate": 12.5)", R"("rate": 0)",
            "/clients/0/arrivals/rate: found 0, expected requests a second, 1e-06 to 100000");
        row("[0, 0.5, 0.5, 7]", "[0, 0.5, 0.4]",
            "/clients/1/arrivals/times/2: found 0.4, expected no earlier time than the one before, 0.5");
        row("[0, 0.5, 0.5, 7]", "[]", "/clients/1/arrivals/times: found 0 items, expected at least 1, at most 100000");
        row(R"("minimum_calls": 20)", R"("minimum_calls": 21)",
            "/clients/0/circuit_breaker/minimum_calls: found 21, expected at most the window's size, 20");
        row(R"("until": 20)", R"("until": 12)", "/faults/0/until: found 12, expected more than /at, 12");
        row(R"("outage")", R"("outge")",
            "/faults/0/kind: found the text \"outge\", expected one of error-rate, latency, "
            "latency-spikes, outage, hang; did you mean \"outage\"?");
        row(R"("value": 0.25)", R"("value": 1.25)", "/faults/1/value: found 1.25, expected a share, 0 to 1");
        row(R"("kind": "outage")", R"("kind": "outage", "value": 1)",
            "/faults/0/value: found 1, expected no value for outage");
        row(R"({"at": 12, "kind": "error-rate")", R"({"at": 11, "kind": "error-rate")",
            "/faults/2: found the fault error-rate while it is on already, expected it on a service once at a time");
        row(R"("failure_threshold", "value": 2)", R"("failure_treshold", "value": 2)", "");
        row(R"("failure_threshold", "value": 2)", R"("failure_threshold", "value": 11)",
            "/knobs/0/value: found 11, expected a whole number from 1 to 10");
        row(R"("failure_threshold", "value": 2)", R"("failure_threshold", "value": "2")",
            "/knobs/0/value: found the text \"2\", expected a whole number from 1 to 10");
        row(R"("value": "rate")", R"("value": "rat")",
            "/knobs/1/value: found the text \"rat\", expected one of all_succeed, rate, rate_early");
        row(R"("value": "rate")", R"("value": 1)",
            "/knobs/1/value: found 1, expected one of all_succeed, rate, rate_early");
        row(R"("value": false)", R"("value": 0)", "/knobs/2/value: found 0, expected true or false");
        row(R"("failure_threshold", "value": 2)", R"("window_calls", "value": 19)",
            "/knobs/0/value: found minimum_calls at 20, expected at most the window's size, 19");
        row(R"({"name": "plain"})", R"({})", "/clients/2: found no key \"name\", expected \"name\"");
        row("{\n", "[\n", "");
    }
    void refuses()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, message);
        const auto read = readScenario(tests::with(from.toStdString(), to.toStdString()), "full.json");
        QVERIFY(!read);
        QCOMPARE(read.error().file, std::string("full.json"));
        if (!message.isEmpty())
            QCOMPARE(QByteArray::fromStdString(read.error().message()), "full.json: " + message);
    }

    // Cut off anywhere, a file is refused with a line and a column, and nothing worse happens.
    void truncatedAnywhere()
    {
        const std::string whole = tests::fullScenario();
        for (size_t length = 0; length < whole.size(); ++length) {
            const auto read = readScenario(whole.substr(0, length), "cut.json");
            QVERIFY(!read);
            QVERIFY2(read.error().place.starts_with("line "), read.error().message().c_str());
        }
    }
};
REGISTER_TEST(ScenarioJsonTest)

#include "scenario_json_test.moc"
