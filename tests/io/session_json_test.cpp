// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/scenario/scenario_json.h"
#include "core/io/scenario/session_json.h"
#include "core/sim/world/knobs.h"
#include "tests/io/sample_files.h"
#include "tests/pick.h"
#include "tests/register_test.h"
#include "tests/sim/any_scenario.h"

#include <QtTest>

#include <algorithm>
#include <memory>

using namespace resilience;
using namespace resilience::io;
using namespace std::chrono_literals;

namespace {

Session sample()
{
    Session session = sessionOf(tests::fullScenarioAsValue());
    session.seed = 7;
    session.until = 12'345'678'901ns;
    session.position = 1ns;
    session.journal = {};
    session.journal.insert({at(0s), 0, sim::SetFault{1, sim::FaultKind::LatencySpikes, 0.1}});
    session.journal.insert({at(0s), 3, sim::ClearFault{1, sim::FaultKind::LatencySpikes}});
    session.journal.insert({at(1'000'000'001ns), 0, sim::TurnKnob{*sim::knobNamed("hold"), 2}});
    session.journal.insert(
        {at(1'000'000'001ns), UINT64_MAX, sim::TurnKnob{*sim::knobNamed("open_duration"), 0.1 + 0.2}});
    session.journal.insert({at(2s), 1, sim::TurnKnob{*sim::knobNamed("broken_unlimited_trials"), 0}});
    session.journal.insert({at(2s), 1, sim::SetFault{0, sim::FaultKind::Hang, 1.0}});
    PolicyOrder order;
    order.append(PolicyKind::Retry);
    order.append(PolicyKind::Bulkhead);
    session.journal.insert({at(3s), 0, sim::SetPolicies{3, order}});
    session.journal.insert({at(3s), 0, sim::SetPolicies{5, {}}}); // of gateway to ledger
    session.journal.insert({at(4s), 0, sim::SetFault{8, sim::FaultKind::Partition, 1.0}});
    session.journal.insert({at(5s), 0, sim::ClearFault{8, sim::FaultKind::Partition}});
    return session;
}

std::string sampleText(const std::string &from, const std::string &to)
{
    return tests::replaced(sessionToJson(sample()), from, to);
}

// Any fault on any component that it can happen to.
std::pair<uint32_t, sim::FaultSpec> anyFault()
{
    const auto components = componentsOf(tests::fullScenarioAsValue());
    const auto target = *rc::gen::inRange<uint32_t>(0, uint32_t(components.size()));
    std::vector<sim::FaultSpec> possible;
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        if (canHave(components[target], fault.kind))
            possible.push_back(fault);
    return {target, possible[*rc::gen::inRange<size_t>(0, possible.size())]};
}

sim::Intervention anyIntervention()
{
    switch (*rc::gen::inRange(0, 4)) {
    case 2: {
        RandomStream random(*rc::gen::arbitrary<uint64_t>(), "order");
        return sim::SetPolicies{*rc::gen::inRange(0U, 6U), tests::anyOrder(random)};
    }
    case 0: {
        const auto [target, kind] = anyFault();
        const double share = *rc::gen::inRange(0, 1001) / 1000.0;
        return sim::SetFault{target, kind.kind,
                             kind.hasValue() ? kind.minimum + share * (kind.maximum - kind.minimum) : 1.0};
    }
    case 1: {
        const auto [target, kind] = anyFault();
        return sim::ClearFault{target, kind.kind};
    }
    default: {
        const auto knob = *sim::knobNamed("open_duration");
        return sim::TurnKnob{knob, 0.01 + tests::pick(0, 59'990'000) / 1e6};
    }
    }
}

} // namespace

class SessionJsonTest : public QObject {
    Q_OBJECT
private slots:
    void roundTrip()
    {
        const std::string text = sessionToJson(sample());
        const auto read = readSession(text, "s.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(*read, sample());
        QCOMPARE(sessionToJson(*read), text);
    }

    void anyJournalComesBackExactly()
    {
        QVERIFY(rc::check([] {
            Session session = sessionOf(tests::fullScenarioAsValue());
            const auto count = tests::pick(0, 20);
            for (int i = 0; i < count; ++i)
                session.journal.insert({at(Duration{tests::pick<int64_t>(0, 1'000'000'000'000'001)}),
                                        tests::pick<uint64_t>(0, 3), anyIntervention()});
            const auto read = readSession(sessionToJson(session), "s.json");
            RC_ASSERT(static_cast<bool>(read));
            RC_ASSERT(*read == session);
        }));
    }

    // What was done by hand in the middle of a run replays to the same end.
    void aPlayedRunReplays()
    {
        auto scenario = std::make_shared<const sim::Scenario>(*readScenario(tests::fullScenario(), "full.json"));
        sim::Timeline played(scenario);
        played.runTo(at(6s));
        for (int i = 0; i < 3; ++i)
            played.stepEvent();
        QVERIFY(!played.intervene(sim::SetFault{1, sim::FaultKind::Hang, 1.0}));
        QVERIFY(!played.intervene(sim::TurnKnob{*sim::knobNamed("timeout"), 0.3}));
        played.runTo(at(30s));

        const auto read = readSession(sessionToJson(sessionOf(played, 30s)), "s.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        sim::Timeline replayed(std::make_shared<const sim::Scenario>(read->scenario), read->seed, read->journal);
        replayed.runTo(at(read->until));
        QCOMPARE(replayed.world().fingerprint().text(), played.world().fingerprint().text());
        QCOMPARE(replayed.world(), played.world());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *from, const char *to, const char *message) {
            QTest::newRow(to) << QByteArray(from) << QByteArray(to) << QByteArray(message);
        };
        row(R"("position": 1e-09)", R"("position": 13)", "/position: found 13, expected at most /until, 12.345678901");
        row(R"("at": 2.0,
      "order": 1)",
            R"("at": 0.5, "order": 1)", "/journal/4/at: found 0.5, expected no earlier place than the entry before");
        row(R"("order": 3)", R"("order": -3)",
            "/journal/1/order: found -3, expected a whole number, 0 to 18446744073709551615");
        row(R"("clear_fault": {)", R"("clear_falt": {)",
            "/journal/1/clear_falt: found the unknown key \"clear_falt\", expected one "
            "of at, clear_fault, order, set_fault, set_policies, turn_knob; did you mean \"clear_fault\"?");
        row(R"("set_fault": {
        "target": "stock",
        "kind": "latency-spikes",
        "value": 0.1
      })",
            R"("order": 0)",
            "/journal/0: found none of its forms, expected exactly one of set_fault, clear_fault, "
            "turn_knob, set_policies");
        row(R"("kind": "latency-spikes",
        "value")",
            R"("kind": "latency-spikes", "valu")",
            "/journal/0/set_fault/valu: found the unknown key \"valu\", expected one of "
            "kind, target, value; did you mean \"value\"?");
        row(R"("of": "gateway to ledger")", R"("of": "gateway to leger")",
            "/journal/7/set_policies/of: found the unknown owner of policies \"gateway to leger\", expected one of "
            "checkout, batch, plain, careful, gateway to mail, gateway to ledger; did you mean \"gateway to ledger\"?");
        row(R"("bulkhead"
        ])",
            R"("retry"])",
            "/journal/6/set_policies/policies/1: found the policy retry again, expected each at most once");
        row(R"("kind": "hang")", R"("kind": "clock-drift")",
            "/journal/5/set_fault/kind: found the fault clock-drift on the service \"payment-service\", expected one "
            "of "
            "error-rate, latency, latency-spikes, outage, hang, crash, packet-loss, partition, pause");
        row(R"("knob": "open_duration",
        "value": 0.30000000000000004)",
            R"("knob": "total_slots", "value": 4)",
            "/journal/3/turn_knob/knob: found the knob \"total_slots\", which has nothing to set here, expected "
            "one of failure_threshold, ");
        row(R"("disabled")", R"("disable")",
            "/journal/2/turn_knob/value: found the text \"disable\", expected one of auto, open, disabled, "
            "metrics-only");
        row(R"("name": "full")", R"("name": 5)",
            "/scenario/name: found 5, expected a name of letters, digits, dots, dashes and "
            "underscores, not beginning with a dot or a dash");
        row(R"("target": "stock",
        "kind": "latency-spikes")",
            R"("target": "stack", "kind": "latency-spikes")",
            "/journal/0/set_fault/target: found the unknown "
            "component \"stack\", expected one of payment-service, stock, gateway, ledger, mail, node-a, node-b, "
            "node-c, "
            "ann, bob; did you mean \"stock\"?");
    }
    void refuses()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, message);
        const auto read = readSession(sampleText(from.toStdString(), to.toStdString()), "s.json");
        QVERIFY(!read);
        // A list of all that would be right is only begun here: it grows with every step.
        const QByteArray said = QByteArray::fromStdString(read.error().message());
        QCOMPARE(message.endsWith(", ") ? said.left(message.size() + 8) : said, "s.json: " + message);
    }

    // Runs that were kept make it format 2; without any it stays as it always was.
    void keptRunsAreThere()
    {
        QVERIFY(sessionToJson(sample()).find("resilience-lab/session/1") != std::string::npos);
        Session session = sample();
        session.name = "mine";
        session.runs.push_back({"as it was", std::nullopt, 12, session.scenario.script});
        sim::Scenario other = session.scenario;
        other.name = "another";
        session.runs.push_back({"another", other, 1, session.journal});
        session.beside = 1;
        const std::string text = sessionToJson(session);
        QVERIFY(text.find("resilience-lab/session/2") != std::string::npos);
        const auto read = readSession(text, "s.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(*read, session);
        QVERIFY(!readRunFile(text, "f")->isScenario);
    }
    void badRuns_data()
    {
        QTest::addColumn<std::string>("from");
        QTest::addColumn<std::string>("to");
        QTest::addColumn<std::string>("message");
        const auto row = [](const char *name, const char *from, const char *to, const char *message) {
            QTest::newRow(name) << std::string(from) << std::string(to) << std::string(message);
        };
        row("in format 1", "session/2", "session/1",
            "/name: found it in resilience-lab/session/1, expected it in resilience-lab/session/2");
        row("beside none", "\"beside\": 0", "\"beside\": 1",
            "/beside: found 1, expected the place of one of /runs, below 1");
        row("an unknown target", "\"target\": \"payment-service\"", "\"target\": \"nobody\"",
            "/runs/0/journal/0/set_fault/target: found");
        row("a name that turns the writing", "\"name\": \"kept\"", "\"name\": \"\\u202E\"", "/runs/0/name: found");
    }
    void badRuns()
    {
        QFETCH(std::string, from);
        QFETCH(std::string, to);
        QFETCH(std::string, message);
        Session session = sessionOf(tests::fullScenarioAsValue());
        session.journal = {};
        session.scenario.script = {};
        session.name = "mine";
        session.runs.push_back({"kept", std::nullopt, 12, {}});
        const auto components = componentsOf(session.scenario);
        const auto service = std::find_if(components.begin(), components.end(),
                                          [](const auto &one) { return one.name == "payment-service"; });
        session.runs.front().journal.insert(
            {at(1s), 0, sim::SetFault{uint32_t(service - components.begin()), sim::FaultKind::Outage, 1.0}});
        session.beside = 0;
        std::string text = sessionToJson(session);
        const size_t place = text.rfind(from);
        QVERIFY2(place != std::string::npos, text.c_str());
        text.replace(place, from.size(), to);
        const auto read = readSession(text, "s.json");
        QVERIFY(!read);
        const std::string said = read.error().message();
        QVERIFY2(said.starts_with("s.json: " + message), said.c_str());
    }

    void theFormatDecides()
    {
        const auto scenario = readRunFile(tests::fullScenario(), "f");
        QVERIFY(scenario && scenario->isScenario);
        QCOMPARE(scenario->session, sessionOf(tests::fullScenarioAsValue()));
        const auto session = readRunFile(sessionToJson(sample()), "f");
        QVERIFY(session && !session->isScenario);
        QCOMPARE(session->session, sample());
        const auto messageFor = [](const char *text) { return readRunFile(text, "f").error().message(); };
        const std::string formats =
            "one of resilience-lab/scenario/1, resilience-lab/session/1, resilience-lab/session/2";
        QCOMPARE(messageFor("[]"), std::string("f: found an array, expected a scenario or a session: an object"));
        QCOMPARE(messageFor("{}"), "f: found no key \"format\", expected \"format\", " + formats);
        QCOMPARE(messageFor(R"({"format": "resilience-lab/sesion/1"})"),
                 "f: /format: found the text \"resilience-lab/sesion/1\", expected " + formats
                     + "; did you mean \"resilience-lab/session/1\"?");
        QCOMPARE(messageFor("{"),
                 std::string("f: line 1, column 2: found the end of the text, expected a name in quotes or '}'"));
    }
};
REGISTER_TEST(SessionJsonTest)

#include "session_json_test.moc"
