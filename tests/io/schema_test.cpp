// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/config/breaker_json.h"
#include "core/io/json/schema.h"
#include "core/sim/engine/fault.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>

using namespace resilience;
using namespace resilience::io;

namespace {

std::string messageFor(const char *schema, const std::string &text)
{
    const auto value = parseJson(text);
    if (!value)
        return "not JSON: " + value.error().message();
    const auto error = checkSchema(*value, schema);
    return error ? error->message() : "";
}

Json schemaNamed(const std::string &name)
{
    for (const EmbeddedText &file : allSchemas())
        if (file.name == name)
            return Json::parse(file.text);
    return {};
}

// Calls visit(keyword) for every key of every schema inside `schema`.
void walk(const Json &schema, const std::function<void(const std::string &)> &visit)
{
    if (!schema.is_object())
        return;
    for (const auto &item : schema.items()) {
        visit(item.key());
        const bool named = item.key() == "properties" || item.key() == "$defs";
        if (named) {
            for (const auto &child : item.value().items())
                walk(child.value(), visit);
        } else if (item.value().is_array()) {
            for (const Json &child : item.value())
                walk(child, visit);
        } else if (item.key() != "const" && item.key() != "default" && item.key() != "dependentRequired") {
            walk(item.value(), visit);
        }
    }
}

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT
private slots:
    // A keyword that the interpreter does not know would be a rule that nobody keeps.
    void schemasUseOnlyWhatIsObeyed()
    {
        const std::set<std::string> known{"$ref",
                                          "type",
                                          "const",
                                          "enum",
                                          "properties",
                                          "required",
                                          "additionalProperties",
                                          "unevaluatedProperties",
                                          "dependentRequired",
                                          "items",
                                          "minItems",
                                          "maxItems",
                                          "maxLength",
                                          "pattern",
                                          "format",
                                          "minimum",
                                          "exclusiveMinimum",
                                          "maximum",
                                          "exclusiveMaximum",
                                          "allOf",
                                          "if",
                                          "then",
                                          "else",
                                          "oneOf",
                                          "$schema",
                                          "$id",
                                          "$defs",
                                          "title",
                                          "description",
                                          "default"};
        QVERIFY(allSchemas().size() >= 6);
        for (const EmbeddedText &file : allSchemas()) {
            const Json schema = Json::parse(file.text);
            QCOMPARE(schema["$id"].get<std::string>(), file.name);
            QCOMPARE(schema["$schema"].get<std::string>(), std::string("https://json-schema.org/draft/2020-12/schema"));
            walk(schema, [&](const std::string &keyword) {
                QVERIFY2(known.contains(keyword), (file.name + ": " + keyword).c_str());
            });
        }
    }

    void faultKindsAreTheOnesThereAre()
    {
        Json names = Json::array();
        for (const sim::FaultSpec &fault : sim::kFaultSpecs)
            names.push_back(fault.name);
        const Json kind = schemaNamed("fault.schema.json")["$defs"]["kind"];
        QCOMPARE(kind["enum"], names);
        QCOMPARE(kind["description"].get<std::string>(),
                 std::string("On a service: error-rate, latency, latency-spikes, outage, hang, crash, packet-loss, "
                             "partition, pause. On a lock node: crash, packet-loss, partition, clock-drift, pause. On "
                             "a lock holder: partition, pause."));
    }

    // What the schema takes as a fault's value is what the world takes.
    void faultValuesAreThoseOfTheTable_data()
    {
        QTest::addColumn<size_t>("kind");
        for (size_t i = 0; i < sim::kFaultKindCount; ++i)
            QTest::newRow(sim::kFaultSpecs[i].name) << i;
    }
    void faultValuesAreThoseOfTheTable()
    {
        QFETCH(size_t, kind);
        const sim::FaultSpec &fault = sim::kFaultSpecs[kind];
        const auto refusal = [&fault](double value) {
            const Json entry{{"at", 1}, {"kind", fault.name}, {"value", value}};
            const Json scenario{{"format", "resilience-lab/scenario/1"},
                                {"step", "s"},
                                {"name", "n"},
                                {"faults", Json::array({entry})}};
            const auto error = checkSchema(scenario, "scenario");
            return error ? error->expected : std::string();
        };
        QCOMPARE(refusal(fault.minimum), std::string());
        QCOMPARE(refusal(fault.maximum), std::string());
        if (fault.hasValue()) {
            QCOMPARE(refusal(fault.minimum - 1).substr(0, 20),
                     checkFaultValue(fault, fault.minimum - 1)->expected.substr(0, 20));
            QVERIFY(!refusal(fault.maximum + 1).empty());
        }
    }

    // What a part brings is known beside the scenario's own keys, and nothing else is.
    void partsBringKeysOfTheirOwn()
    {
        QCOMPARE(schemaNamed("parts.schema.json")["properties"],
                 Json::parse(R"({"lock": {"$ref": "lock.schema.json"}})"));
        const auto messageOf = [](const char *key, const char *value) {
            return messageFor("scenario",
                              std::string(R"({"format": "resilience-lab/scenario/1", "step": "s", "name": "n", ")")
                                  + key + "\": " + value + "}");
        };
        QCOMPARE(messageOf("lock", R"({"nodes": [{"name": "a"}], "holders": [{"name": "b"}]})"), std::string());
        QVERIFY(messageOf("lock", "{}").starts_with("/lock: found no key \"nodes\""));
        QVERIFY(
            messageOf("lokc", "{}").starts_with("/lokc: found the unknown key \"lokc\", expected one of clients, "));
        QVERIFY(messageOf("lokc", "{}").ends_with("did you mean \"lock\"?"));
    }

    // For other programs: it refers to nothing that is not in it.
    void aSchemaComesWithAllItNeeds()
    {
        const Json document = Json::parse(schemaWithAllItNeeds("scenario"));
        QCOMPARE(document["$id"].get<std::string>(), std::string("scenario.schema.json"));
        const std::function<void(const Json &)> check = [&](const Json &schema) {
            for (const auto &item : schema.items()) {
                if (item.key() == "$ref") {
                    const auto reference = item.value().get<std::string>();
                    const std::string name = reference.substr(0, reference.find('#'));
                    QVERIFY2(name.empty() || name == "scenario.schema.json" || document["$defs"].contains(name),
                             reference.c_str());
                } else if (item.value().is_structured()) {
                    check(item.value());
                }
            }
        };
        check(document);
        QCOMPARE(document["$defs"]["fault.schema.json"]["$defs"]["kind"]["enum"].size(), sim::kFaultKindCount);
    }

    void breakerMessages_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("start");
        const auto row = [](const char *text, const char *start) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(start);
        };
        row(R"({})", "");
        row(R"({"window": {"type": "count", "size": 1}})", "");
        row(R"({"window": {"type": "consecutive", "size": 7}})", "");
        row(R"({"failure_threshold": 5.0})", "");
        row(R"([])", "found an array, expected circuit breaker settings");
        row(R"({"open_duraton": 1})",
            "/open_duraton: found the unknown key \"open_duraton\", expected one of broken, ");
        row(R"({"open_duration": -5})", "/open_duration: found -5, expected seconds, 1e-09 to 9223372036.854776");
        row(R"({"open_duration": "5"})", "/open_duration: found the text \"5\", expected seconds, ");
        row(R"({"open_duration": null})", "/open_duration: found null, expected seconds, ");
        row(R"({"open_duration": 9223372037})", "/open_duration: found 9223372037, expected seconds, ");
        row(R"({"failure_threshold": 0})", "/failure_threshold: found 0, expected a whole number, 1 to 4294967295");
        row(R"({"failure_threshold": 1.5})", "/failure_threshold: found 1.5, expected a whole number, ");
        row(R"({"failure_threshold": 4294967296})", "/failure_threshold: found 4294967296, expected a whole number, ");
        row(R"({"failure_rate_threshold": 1.01})", "/failure_rate_threshold: found 1.01, expected a share, 1e-09 to 1");
        row(R"({"half_open_rule": "all-suceed"})", "/half_open_rule: found the text \"all-suceed\", expected one of "
                                                   "all_succeed, rate, rate_early; did you mean \"all_succeed\"?");
        row(R"({"window": {"size": 5}})", "/window: found no key \"type\", expected \"type\"");
        row(R"({"window": {"type": "count", "size": 2.5}})",
            "/window/size: found 2.5, expected calls (a whole number), 1 to 1000000");
        row(R"({"window": {"type": "count", "size": 1000001}})", "/window/size: found 1000001, expected calls");
        row(R"({"window": {"type": "time", "size": 0}})", "/window/size: found 0, expected seconds, 1e-08 to ");
        row(R"({"window": {"type": "cuont"}})", "/window/type: found the text \"cuont\", expected one of consecutive, "
                                                "count, time; did you mean \"count\"?");
        row(R"({"broken": {"unlimited_trials": 1}})", "/broken/unlimited_trials: found 1, expected true or false");
        row(R"({"a/b": 1})", "/a~1b: found the unknown key \"a/b\", ");
    }
    void breakerMessages()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, start);
        const auto message = QByteArray::fromStdString(messageFor("circuit-breaker", text.toStdString()));
        QVERIFY2(start.isEmpty() ? message.isEmpty() : message.startsWith(start), message.constData());
    }

    // At each limit the schema says what the pattern itself says: good at `good`, refused by both at `bad`.
    void schemaAgreesWithThePattern_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("good");
        QTest::addColumn<QByteArray>("bad");
        const auto row = [](const char *key, const char *good, const char *bad) {
            QTest::addRow("%s %s", key, good) << QByteArray(key) << QByteArray(good) << QByteArray(bad);
        };
        row("failure_threshold", "1", "0");
        row("failure_threshold", "4294967295", "");
        row("failure_rate_threshold", "1e-9", "0");
        row("failure_rate_threshold", "1", "1.000000001");
        row("minimum_calls", "1", "0");
        row("slow_call_duration", "1e-9", "0");
        row("slow_call_duration", "9223372036.854776", "");
        row("slow_call_rate_threshold", "1e-9", "0");
        row("slow_call_rate_threshold", "1", "1.000000001");
        row("open_duration", "1e-9", "0");
        row("open_duration", "9223372036.854776", "");
        row("max_open_duration", "9223372036.854776", "0");
        row("half_open_max_duration", "9223372036.854776", "-1");
        row("half_open_max_concurrent", "1", "0");
        row("half_open_max_concurrent", "4294967295", "");
        row("open_duration_multiplier", "1", "0.999999");
        row("open_duration_multiplier", "1000", "1000.001");
        row("half_open_max_calls", "1", "0");
        row("half_open_max_duration", "0", "-0.000000001");
        row("window", R"({"type":"count","size":1})", R"({"type":"count","size":0})");
        row("window", R"({"type":"count","size":1000000})", R"({"type":"count","size":1000001})");
        row("window", R"({"type":"time","size":1e-8})", R"({"type":"time","size":9e-9})");
    }
    void schemaAgreesWithThePattern()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, good);
        QFETCH(QByteArray, bad);
        const auto document = [&](const QByteArray &value) {
            return Json::parse(("{\"" + key + "\":" + value + "}").toStdString());
        };
        QVERIFY(!checkSchema(document(good), "circuit-breaker"));
        QVERIFY(static_cast<bool>(breakerFromJson(document(good))));
        if (bad.isEmpty())
            return;
        const auto bySchema = checkSchema(document(bad), "circuit-breaker");
        const auto byPattern = breakerFromJson(document(bad));
        QVERIFY(bySchema);
        QVERIFY(!byPattern);
        QCOMPARE(byPattern.error().place, bySchema->place);
    }

    // One setting against another is the pattern's own matter.
    void settingsThatDoNotFitTogether()
    {
        const auto messageOf = [](const char *text) {
            return breakerFromJson(Json::parse(text), "/at").error().message();
        };
        QCOMPARE(messageOf(R"({"window":{"type":"count","size":5},"minimum_calls":6})"),
                 std::string("/at/minimum_calls: found 6, expected at most the window's size, 5"));
        QCOMPARE(messageOf(R"({"open_duration":10,"max_open_duration":9.5})"),
                 std::string("/at/max_open_duration: found 9.5 s, expected at least open_duration, 10 s"));
        // Not given, it fits itself to a small window.
        QCOMPARE(breakerFromJson(Json::parse(R"({"window":{"type":"count","size":5}})"))->minimumCalls, 5U);
        QCOMPARE(breakerFromJson(Json::parse(R"({"window":{"type":"count","size":50}})"))->minimumCalls, 10U);
    }

    void defaultsAreThePatterns()
    {
        QCOMPARE(*breakerFromJson(Json::object()), CircuitBreakerConfig{});
        // ... and those that the schema tells people.
        for (const EmbeddedText &file : schema_texts()) {
            if (file.name != "circuit-breaker.schema.json")
                continue;
            const Json written = Json::parse(toLine(breakerToJson({})));
            const Json properties = Json::parse(file.text)["properties"];
            for (const auto &item : properties.items())
                if (item.value().contains("default"))
                    QCOMPARE(written.at(item.key()), item.value()["default"]);
        }
    }
};
REGISTER_TEST(SchemaTest)

#include "schema_test.moc"
