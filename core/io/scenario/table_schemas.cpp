// SPDX-License-Identifier: MIT
#include "core/io/json/json_text.h"
#include "core/io/json/schema.h"
#include "core/io/scenario/part_settings.h"
#include "core/number_text.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/subject_kinds.h"

#include <cmath>
#include <map>

namespace resilience::io {

namespace {

OrderedJson documentOf(const char *name, const char *title)
{
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"$id", name}, {"title", title}};
}

// "On a service: error-rate, ... On a lock node: crash, ..."
std::string placesText()
{
    std::string text;
    for (size_t i = 0; i < sim::kSubjectKindCount; ++i) {
        const auto who = static_cast<sim::Subject::Kind>(i);
        std::string possible;
        for (const sim::FaultSpec &fault : sim::kFaultSpecs)
            if (canHave(who, fault.kind))
                possible += (possible.empty() ? "" : ", ") + std::string(fault.name);
        if (!possible.empty())
            text += (text.empty() ? "On a " : " On a ") + std::string(spec(who).word) + ": " + possible + ".";
    }
    return text;
}

// "error-rate: share of calls that fail, default 0.5. ... The others have none."
std::string valuesText()
{
    std::string text;
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        if (fault.hasValue())
            text +=
                std::string(fault.name) + ": " + fault.meaning + ", default " + shortNumber(fault.defaultValue) + ". ";
    return text + "The others have none.";
}

// 3600, not 3600.0.
OrderedJson limit(double value)
{
    return value == std::trunc(value) ? OrderedJson(static_cast<int64_t>(value)) : OrderedJson(value);
}

OrderedJson rangeOf(const sim::FaultSpec &fault)
{
    const OrderedJson value{{"title", nounOf(fault.value)},
                            {"type", "number"},
                            {"minimum", limit(fault.minimum)},
                            {"maximum", limit(fault.maximum)}};
    return {{"if", {{"properties", {{"kind", {{"const", fault.name}}}}}}},
            {"then", {{"properties", {{"value", value}}}}}};
}

OrderedJson faultSchema()
{
    OrderedJson names = OrderedJson::array();
    OrderedJson ranges = OrderedJson::array();
    for (const sim::FaultSpec &fault : sim::kFaultSpecs) {
        names.push_back(fault.name);
        if (fault.hasValue())
            ranges.push_back(rangeOf(fault));
    }
    OrderedJson document = documentOf("fault.schema.json", "what can be done to a component");
    document["$defs"] = {{"kind", {{"description", placesText()}, {"enum", names}}},
                         {"value", {{"description", valuesText()}, {"title", "a number"}, {"type", "number"}}},
                         {"valueOfKind", {{"allOf", ranges}}}};
    return document;
}

OrderedJson partsSchema()
{
    OrderedJson document = documentOf("parts.schema.json", "what the parts bring to a scenario");
    document["properties"] = OrderedJson::object();
    for (const std::string &key : partKeys())
        document["properties"][key] = {{"$ref", key + ".schema.json"}};
    return document;
}

// The names of the documents that a schema refers to, and those that these do.
void collectNeeded(const OrderedJson &schema, std::map<std::string, OrderedJson> &into)
{
    for (const auto &item : schema.items()) {
        if (item.value().is_structured())
            collectNeeded(item.value(), into);
        if (item.key() != "$ref")
            continue;
        const auto reference = item.value().get<std::string>();
        const std::string name = reference.substr(0, reference.find('#'));
        for (const EmbeddedText &file : allSchemas())
            if (file.name == name && !into.contains(name))
                collectNeeded(into[name] = OrderedJson::parse(file.text), into);
    }
}

} // namespace

std::string schemaWithAllItNeeds(const std::string &schema)
{
    std::map<std::string, OrderedJson> needed;
    const std::string name = schema + ".schema.json";
    collectNeeded({{"$ref", name}}, needed);
    OrderedJson document = needed.at(name);
    needed.erase(name);
    for (const auto &[id, other] : needed)
        document["$defs"][id] = other;
    return toText(document);
}

std::vector<EmbeddedText> tableSchemas()
{
    std::vector<EmbeddedText> schemas;
    for (const OrderedJson &document : {faultSchema(), partsSchema()})
        schemas.push_back({document["$id"].get<std::string>(), toText(document)});
    return schemas;
}

} // namespace resilience::io
