// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario/scenario_json.h"
#include "core/sim/world/world.h"
#include "tests/io/sample_files.h"
#include "tests/register_test.h"
#include "tests/sim/any_scenario.h"

#include <QtTest>
#include <rapidcheck.h>

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
        PipelineConfig &policies = expected.clients[0].pipeline;
        policies.order.append(PolicyKind::CircuitBreaker);
        policies.order.append(PolicyKind::AttemptTimeout);
        policies.configured = policies.order;
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

    // Whatever a scenario says comes back exactly, and what was read can be run.
    void anyScenarioComesBackExactly()
    {
        QVERIFY(rc::check([] {
            RandomStream random(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>()), "scenario");
            const sim::Scenario scenario = tests::anyScenario(random);
            const std::string written = scenarioToJson(scenario);
            const auto read = readScenario(written, "any.json");
            RC_ASSERT((read ? "" : read.error().message()) == "");
            RC_ASSERT(*read == scenario);
            RC_ASSERT(scenarioToJson(*read) == written);
            const sim::World world(*read, read->seed);
            RC_ASSERT(world.clients().size() == scenario.clients.size());
        }));
    }

    void aLockAloneIsAScenario()
    {
        const auto read = readScenario(R"({"format": "resilience-lab/scenario/1", "step": "s", "name": "n",
            "lock": {"nodes": [{"name": "a"}], "holders": [{"name": "h"}]}})",
                                       "lock.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(read->lock.lock.nodes, 1U);
        QVERIFY(read->services.empty() && read->clients.empty());
        const auto again = readScenario(scenarioToJson(*read), "again.json");
        QVERIFY2(again, again ? "" : again.error().message().c_str());
        QCOMPARE(*again, *read);
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
            "faults, format, knobs, lock, name, network_latency, seed, services, speed, step, title, until; did you "
            "mean "
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
            "/clients/0/target: found the unknown service \"stok\", expected one of payment-service, stock, gateway, "
            "ledger, mail; did you mean \"stock\"?");
        row(R"("type": "poisson")", R"("type": "poison")",
            "/clients/0/arrivals/type: found the text \"poison\", expected one of steady, poisson, burst, "
            "ramp, script; did you mean \"poisson\"?");
        row(R"({"type": "poisson", "rate": 12.5})", R"({"rate": 1})",
            "/clients/0/arrivals: found no key \"type\", expected \"type\", one of steady, poisson, burst, ramp, "
            "script");
        row(R"({"type": "poisson", "rate": 12.5})", R"("often")",
            "/clients/0/arrivals: found the text \"often\", expected an object");
        row(R"("rate": 12.5)", R"("times": [1])",
            "/clients/0/arrivals/times: found the unknown key \"times\", expected one of rate, tape, type");
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
            "latency-spikes, outage, hang, crash, packet-loss, partition, clock-drift, pause; did you mean "
            "\"outage\"?");
        row(R"("value": 0.25)", R"("value": 1.25)", "/faults/1/value: found 1.25, expected a share, 0 to 1");
        row(R"("kind": "outage")", R"("kind": "outage", "value": 1)",
            "/faults/0/value: found 1, expected no value for outage");
        row(R"({"at": 12, "kind": "error-rate")", R"({"at": 11, "kind": "error-rate")",
            "/faults/2: found the fault error-rate while it is on already, expected it once at a time");
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
        row(R"("policies": ["retry",)", R"("policies": ["retri",)",
            "/clients/3/policies/0: found the text \"retri\", expected one of fallback, total-timeout, retry, "
            "hedging, rate-limiter, circuit-breaker, bulkhead, attempt-timeout; did you mean \"retry\"?");
        row(R"("policies": ["retry",)", R"("policies": ["fallback",)",
            "/clients/3/policies/2: found the policy fallback again, expected each at most once");
        row(R"("switched_off": ["circuit-breaker"])", R"("switched_off": ["fallback"])",
            "/clients/3/switched_off/0: found the policy fallback, which is in use, expected one that is not in "
            "/policies");
        row(R"("targets": ["gateway", "payment-service"])", R"("targets": ["gateway", "gateway"])",
            "/clients/3/targets/1: found the service \"gateway\" again, expected each at most once");
        row(R"("targets": ["gateway", "payment-service"])", R"("target": "gateway", "targets": ["mail"])",
            "/clients/3/targets: found it beside \"target\", expected one of the two");
        row(R"("shares_policies_of": "careful")", R"("shares_policies_of": "sharing")",
            "/clients/4/shares_policies_of: found the client \"sharing\", which is not listed before it, expected one "
            "of checkout, batch, plain, careful");
        row(R"("shares_policies_of": "careful")", R"("shares_policies_of": "careful", "timeout": 1)",
            "/clients/4/timeout: found policies of its own beside \"shares_policies_of\", expected one of the two");
        row(R"("type": "fixed-window", "burst": 6, "rate": 3)",
            R"("type": "fixed-window", "burst": 1000000, "rate": 0.01)",
            "/clients/3/rate_limiter: found a window of 1e+08 s, expected 1 ns to 366 days for 1000000 permits at "
            "that rate");
        row(R"("max_delay": 4)", R"("max_delay": 0.1)",
            "/clients/3/retry/max_delay: found 0.1 s, expected at least base_delay, 0.2 s");
        row(R"("retry_rejected": true)", R"("seed": 7)",
            "/clients/3/retry/seed: found the unknown key \"seed\", expected one of base_delay, broken, jitter, "
            "jitter_ratio, max_attempts, max_delay, max_elapsed, max_retry_after, multiplier, retry_rejected, "
            "strategy");
        row(R"("unhealthy_latency": 0.2)", R"("unhealthy_latency": 0.05)",
            "/clients/3/probing/unhealthy_latency: found 0.05 s, expected at least degraded_latency, 0.1 s");
        row(R"({"service": "ledger"})", R"({"service": "stock"})",
            "/services/2/calls/1/service: found the service \"stock\", which is not listed after the one that calls "
            "it, expected one of ledger, mail");
        row(R"({"service": "ledger"})", R"({"service": "gateway"})",
            "/services/2/calls/1/service: found the service \"gateway\", which is not listed after the one that calls "
            "it, expected one of ledger, mail");
        row(R"({"service": "ledger"})", R"({"service": "mail"})",
            "/services/2/calls/1/service: found the service \"mail\" again, expected each at most once");
        row(R"({"name": "mail"})", R"({"name": "mail", "calls": [{"service": "ledger"}]})",
            "/services/4/calls/0/service: found the service \"ledger\", which is not listed after the one that calls "
            "it, expected no calls by the last service");
        row(R"("ttl": 6)", R"("ttl": 0.001)",
            "/lock/ttl: found 0.001 s, expected more than the drift allowed for it, 0.00102 s");
        row(R"("max_retry_wait": 0.4)", R"("max_retry_wait": 0.2)",
            "/lock/max_retry_wait: found 0.2 s, expected at least min_retry_wait, 0.3 s");
        row(R"({"name": "node-b"})", R"({"name": "stock"})",
            "/lock/nodes/1/name: found the name \"stock\" again, expected a new one among services, nodes and "
            "holders");
        row(R"({"name": "bob"})", R"({"name": "node-a"})",
            "/lock/holders/1/name: found the name \"node-a\" again, expected a new one among services, nodes and "
            "holders");
        row(R"("kind": "pause", "target": "ann")", R"("kind": "outage", "target": "ann")",
            "/faults/4/kind: found the fault outage on the lock holder \"ann\", expected one of partition, pause");
        row(R"("kind": "pause", "target": "ann")", R"("kind": "clock-drift")",
            "/faults/4/kind: found the fault clock-drift on the service \"payment-service\", expected one of "
            "error-rate, latency, latency-spikes, outage, hang, crash, packet-loss, partition, pause");
        row(R"("value": -0.25)", R"("value": 10.5)",
            "/faults/3/value: found 10.5, expected a relative change, -0.9 to 10");
        row(R"("target": "node-a", "value": -0.25)", R"("target": "node-d", "value": -0.25)",
            "/faults/3/target: found the unknown component \"node-d\", expected one of payment-service, stock, "
            "gateway, ledger, mail, node-a, node-b, node-c, ann, bob; did you mean \"node-a\"?");
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
