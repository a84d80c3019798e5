// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/config/plain_settings_json.h"
#include "core/io/json/schema.h"
#include "core/patterns/pipeline/policy_list.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace resilience;
using namespace resilience::io;

namespace {

Json documentNamed(const std::string &name)
{
    const auto &all = schema_texts();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &file) { return file.name == name; });
    return found == all.end() ? Json() : Json::parse(found->text);
}

// What a reference in the schema of scenarios means.
Json resolved(const Json &schema)
{
    if (!schema.contains("$ref"))
        return schema;
    const auto reference = schema["$ref"].get<std::string>();
    const size_t hash = std::min(reference.find('#'), reference.size());
    const Json document = documentNamed(hash == 0 ? "scenario.schema.json" : reference.substr(0, hash));
    return hash < reference.size() ? document.at(Json::json_pointer(reference.substr(hash + 1))) : document;
}

template <typename T> const char *typeOf(const T &)
{
    return std::same_as<T, bool> ? "boolean" : std::integral<T> ? "integer" : "number";
}

} // namespace

// The schema of scenarios, which other programs and people read, says of policies what their specs say.
class PolicySchemaTest : public QObject {
    Q_OBJECT
private slots:
    void kindsAreTheOnesThereAre()
    {
        Json names = Json::array();
        for (const PolicyKind kind : PolicyOrder::usual())
            names.push_back(name(kind));
        QCOMPARE(documentNamed("scenario.schema.json")["$defs"]["policyKind"]["enum"], names);
    }

    void settingsAreTheOnesThereAre()
    {
        const Json scenario = documentNamed("scenario.schema.json");
        forEachPolicy([&]<typename Spec>() {
            for (const char *owner : {"client", "call"}) {
                const Json &properties = scenario["$defs"][owner]["properties"];
                QVERIFY2(properties.contains(Spec::kKey), Spec::kKey);
                if constexpr (HasPlainSettings<Spec>)
                    compare<Spec>(resolved(properties[Spec::kKey]));
            }
        });
    }

    void whatIsWrongWithSeveralTogetherIsAtTheirPlace()
    {
        const auto none = Json::parse(R"({"on_failure":false,"on_timeout":false,"on_rejection":false})");
        QCOMPARE(plainSettingsFromJson<FallbackSpec>(none, "/fallback").error().place, std::string("/fallback"));
        const auto empty = plainSettingsFromJson<BulkheadSpec>(Json::parse(R"({"max_concurrent":0})"), "/b");
        QCOMPARE(empty.error().place, std::string("/b/max_concurrent"));
    }

private:
    template <typename Spec> void compare(const Json &schema)
    {
        const ConfigOf<Spec> defaults;
        std::set<std::string> keys;
        forEachSetting<Spec>([&](const auto &one) {
            keys.insert(one.key);
            const Json property = schema["properties"].value(one.key, Json::object());
            const auto &usual = defaults.*one.member;
            Json wanted{{"type", typeOf(usual)}, {"default", jsonOf(usual)}};
            if (property.contains("title"))
                wanted["title"] = property["title"];
            if (*one.about)
                wanted["description"] = one.about;
            if (!std::same_as<std::remove_cvref_t<decltype(usual)>, bool>) {
                wanted["minimum"] = one.least;
                wanted["maximum"] = one.most;
            }
            QVERIFY2(property == wanted, (std::string(one.key) + " should be " + wanted.dump()).c_str());
        });
        QCOMPARE(schema["properties"].size(), keys.size());
    }
};
REGISTER_TEST(PolicySchemaTest)

#include "policy_schema_test.moc"
