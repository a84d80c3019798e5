// SPDX-License-Identifier: MIT
#include "core/io/json/schema.h"

#include "core/io/json/nearest_name.h"
#include "core/io/json/printable.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>
#include <utility>

namespace resilience::io {

namespace {

using Found = std::optional<InputError>;

const std::map<std::string, Json> &documents()
{
    static const std::map<std::string, Json> all = [] {
        std::map<std::string, Json> parsed;
        for (const EmbeddedText &file : allSchemas())
            parsed.emplace(file.name, Json::parse(file.text));
        return parsed;
    }();
    return all;
}

void collectPatterns(const Json &schema, std::map<std::string, std::regex> &into)
{
    for (const auto &item : schema.items()) {
        if (schema.is_object() && item.key() == "pattern" && item.value().is_string())
            into.try_emplace(item.value().get<std::string>(), item.value().get<std::string>());
        else if (item.value().is_structured())
            collectPatterns(item.value(), into);
    }
}

const std::map<std::string, std::regex> &patterns()
{
    static const std::map<std::string, std::regex> all = [] {
        std::map<std::string, std::regex> compiled;
        for (const auto &[name, document] : documents())
            collectPatterns(document, compiled);
        return compiled;
    }();
    return all;
}

// A schema, and the document that "#/..." in it refers to.
struct Schema {
    const Json *node;
    const Json *document;

    const Json *find(const char *keyword) const
    {
        const auto it = node->find(keyword);
        return it == node->end() ? nullptr : &*it;
    }
    Schema sub(const Json &child) const { return {&child, document}; }
};

Schema resolve(const Schema &from, const std::string &reference)
{
    const size_t hash = std::min(reference.find('#'), reference.size());
    const Json *document = hash == 0 ? from.document : &documents().at(reference.substr(0, hash));
    const std::string pointer = hash < reference.size() ? reference.substr(hash + 1) : "";
    return {&document->at(Json::json_pointer(pointer)), document};
}

bool isWhole(const Json &value)
{
    if (!value.is_number_float())
        return value.is_number();
    const double number = value.get<double>();
    return std::trunc(number) == number && std::abs(number) <= 9007199254740992.0; // beyond 2^53 digits were lost
}

bool hasType(const Json &value, const std::string &type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "number")
        return value.is_number();
    return type == "integer" && isWhole(value);
}

// Negative, zero or positive, as a to b. Unsigned numbers stay exact above 2^53.
int compare(const Json &a, const Json &b)
{
    if (a.is_number_unsigned() && b.is_number_unsigned()) {
        const auto x = a.get<uint64_t>();
        const auto y = b.get<uint64_t>();
        return x < y ? -1 : x > y;
    }
    const auto x = a.get<double>();
    const auto y = b.get<double>();
    return x < y ? -1 : x > y;
}

std::vector<std::string> keysOf(const Json &object)
{
    std::vector<std::string> keys;
    for (const auto &item : object.items())
        keys.push_back(item.key());
    return keys;
}

std::vector<std::string> textsOf(const Json &array)
{
    std::vector<std::string> texts;
    for (const Json &value : array)
        texts.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return texts;
}

std::string noun(const Schema &schema)
{
    static const std::map<std::string, std::string> words{{"object", "an object"},       {"array", "an array"},
                                                          {"string", "a text"},          {"number", "a number"},
                                                          {"integer", "a whole number"}, {"boolean", "true or false"}};
    const Json *type = schema.find("type");
    const bool whole = type && *type == "integer";
    if (const Json *title = schema.find("title"))
        return title->get<std::string>() + (whole ? " (a whole number)" : "");
    if (!type)
        return "something else";
    if (type->is_string())
        return words.at(type->get<std::string>());
    std::string text;
    for (const Json &one : *type)
        text += (text.empty() ? "" : ", or ") + words.at(one.get<std::string>());
    return text;
}

// "seconds, 0 to 3600"
std::string expectation(const Schema &schema)
{
    const auto limit = [&](const char *keyword) { return schema.find(keyword)->dump(); };
    const bool from = schema.find("minimum");
    const bool to = schema.find("maximum");
    std::string range;
    if (schema.find("exclusiveMinimum"))
        range = "more than " + limit("exclusiveMinimum");
    if (from)
        range = limit("minimum") + (to ? " to " + limit("maximum") : " or more");
    else if (to)
        range += (range.empty() ? "at most " : ", at most ") + limit("maximum");
    if (schema.find("exclusiveMaximum"))
        range += (range.empty() ? "less than " : ", less than ") + limit("exclusiveMaximum");
    return noun(schema) + (range.empty() ? "" : ", " + range);
}

Found checkValue(const Json &value, const Schema &schema, const std::string &place);

Found checkNumber(const Json &value, const Schema &schema, const std::string &place)
{
    const auto breaks = [&](const char *keyword, auto isBroken) {
        const Json *limit = schema.find(keyword);
        return limit && isBroken(compare(value, *limit));
    };
    if (breaks("minimum", [](int c) { return c < 0; }) || breaks("exclusiveMinimum", [](int c) { return c <= 0; })
        || breaks("maximum", [](int c) { return c > 0; }) || breaks("exclusiveMaximum", [](int c) { return c >= 0; }))
        return InputError{"", place, describe(value), expectation(schema), ""};
    return std::nullopt;
}

Found checkString(const Json &value, const Schema &schema, const std::string &place)
{
    const auto &text = value.get_ref<const std::string &>();
    if (const Json *longest = schema.find("maxLength"); longest && text.size() > longest->get<size_t>())
        return InputError{"", place, "a text of " + std::to_string(text.size()) + " bytes",
                          "at most " + longest->dump() + " bytes", ""};
    if (const Json *pattern = schema.find("pattern")) {
        if (!std::regex_search(text, patterns().at(pattern->get<std::string>())))
            return InputError{"", place, describe(value), expectation(schema), ""};
    }
    if (const Json *format = schema.find("format"); format && *format == "printable" && printable(text) != text)
        return InputError{"", place, describe(value), expectation(schema), ""};
    return std::nullopt;
}

Found checkArray(const Json &value, const Schema &schema, const std::string &place)
{
    const Json *least = schema.find("minItems");
    const Json *most = schema.find("maxItems");
    if ((least && value.size() < least->get<size_t>()) || (most && value.size() > most->get<size_t>()))
        return InputError{"", place, std::to_string(value.size()) + " items",
                          (least ? "at least " + least->dump() : "") + (least && most ? ", " : "")
                              + (most ? "at most " + most->dump() : ""),
                          ""};
    if (const Json *items = schema.find("items"))
        for (size_t i = 0; i < value.size(); ++i)
            if (auto error = checkValue(value[i], schema.sub(*items), below(place, i)))
                return error;
    return std::nullopt;
}

// The keys that a schema knows, also by what it refers to.
void collectKeys(const Schema &schema, std::set<std::string> &into)
{
    if (const Json *properties = schema.find("properties"))
        for (const auto &item : properties->items())
            into.insert(item.key());
    if (const Json *reference = schema.find("$ref"))
        collectKeys(resolve(schema, reference->get<std::string>()), into);
    if (const Json *all = schema.find("allOf"))
        for (const Json &one : *all)
            collectKeys(schema.sub(one), into);
}

// What an object may have, where it may have nothing else; in order.
std::optional<std::vector<std::string>> onlyKeys(const Schema &schema)
{
    if (schema.find("additionalProperties"))
        return keysOf(*schema.find("properties"));
    if (!schema.find("unevaluatedProperties"))
        return std::nullopt;
    std::set<std::string> keys;
    collectKeys(schema, keys);
    return std::vector<std::string>(keys.begin(), keys.end());
}

Found checkKeys(const Json &value, const Schema &schema, const std::string &place)
{
    if (const auto valid = onlyKeys(schema))
        for (const auto &item : value.items())
            if (!std::binary_search(valid->begin(), valid->end(), item.key()))
                return InputError{"", below(place, item.key()), "the unknown key " + inQuotes(item.key()),
                                  oneOf(*valid), nearestName(item.key(), *valid)};
    const auto missing = [&](const Json &keys) -> Found {
        for (const Json &key : keys)
            if (!value.contains(key.get<std::string>()))
                return InputError{"", place, "no key " + key.dump(), key.dump(), ""};
        return std::nullopt;
    };
    if (const Json *required = schema.find("required"))
        if (auto error = missing(*required))
            return error;
    if (const Json *dependent = schema.find("dependentRequired"))
        for (const auto &item : dependent->items())
            if (value.contains(item.key()))
                if (auto error = missing(item.value()))
                    return error;
    return std::nullopt;
}

Found checkObject(const Json &value, const Schema &schema, const std::string &place)
{
    if (auto error = checkKeys(value, schema, place))
        return error;
    if (const Json *properties = schema.find("properties"))
        for (const auto &item : properties->items())
            if (value.contains(item.key()))
                if (auto error = checkValue(value.at(item.key()), schema.sub(item.value()), below(place, item.key())))
                    return error;
    return std::nullopt;
}

// The property that is const in every alternative, if there is one.
std::string tagOf(const Json &alternatives)
{
    if (!alternatives.front().contains("properties"))
        return {};
    for (const auto &item : alternatives.front()["properties"].items()) {
        const Json::json_pointer tag = Json::json_pointer("/properties") / item.key() / "const";
        if (std::all_of(alternatives.begin(), alternatives.end(), [&](const Json &one) { return one.contains(tag); }))
            return item.key();
    }
    return {};
}

Found checkOneOf(const Json &value, const Schema &schema, const Json &alternatives, const std::string &place)
{
    if (const std::string tag = tagOf(alternatives); !tag.empty()) {
        if (!value.is_object())
            return InputError{"", place, describe(value), "an object", ""};
        std::vector<std::string> valid;
        for (const Json &one : alternatives) {
            const Json &name = one["properties"][tag]["const"];
            if (value.contains(tag) && value[tag] == name)
                return checkValue(value, schema.sub(one), place);
            valid.push_back(name.get<std::string>());
        }
        if (!value.contains(tag))
            return InputError{"", place, "no key \"" + tag + "\"", "\"" + tag + "\", " + oneOf(valid), ""};
        const Json &found = value[tag];
        return InputError{"", below(place, tag), describe(found), oneOf(valid),
                          found.is_string() ? nearestName(found.get<std::string>(), valid) : ""};
    }
    Found last;
    const auto passing = std::count_if(alternatives.begin(), alternatives.end(), [&](const Json &one) {
        auto error = checkValue(value, schema.sub(one), place);
        last = error ? error : last;
        return !error;
    });
    if (passing == 1)
        return std::nullopt;
    std::string expected;
    for (const Json &one : alternatives)
        if (one.contains("required"))
            expected += (expected.empty() ? "exactly one of " : ", ") + one["required"].front().get<std::string>();
    if (expected.empty())
        return last;
    return InputError{"", place, passing == 0 ? "none of its forms" : "several of its forms at once", expected, ""};
}

Found checkCombined(const Json &value, const Schema &schema, const std::string &place)
{
    if (const Json *all = schema.find("allOf"))
        for (const Json &one : *all)
            if (auto error = checkValue(value, schema.sub(one), place))
                return error;
    if (const Json *condition = schema.find("if")) {
        const Json *branch = schema.find(checkValue(value, schema.sub(*condition), place) ? "else" : "then");
        if (branch)
            if (auto error = checkValue(value, schema.sub(*branch), place))
                return error;
    }
    if (const Json *alternatives = schema.find("oneOf"))
        return checkOneOf(value, schema, *alternatives, place);
    return std::nullopt;
}

Found checkValue(const Json &value, const Schema &schema, const std::string &place)
{
    if (const Json *reference = schema.find("$ref"))
        if (auto error = checkValue(value, resolve(schema, reference->get<std::string>()), place))
            return error;
    if (const Json *type = schema.find("type")) {
        const auto types = type->is_string() ? std::vector{type->get<std::string>()} : textsOf(*type);
        if (std::none_of(types.begin(), types.end(), [&](const std::string &one) { return hasType(value, one); }))
            return InputError{"", place, describe(value), expectation(schema), ""};
    }
    if (const Json *constant = schema.find("const"); constant && value != *constant)
        return InputError{"", place, describe(value), constant->dump(), ""};
    if (const Json *choices = schema.find("enum"))
        if (std::find(choices->begin(), choices->end(), value) == choices->end()) {
            const auto valid = textsOf(*choices);
            return InputError{"", place, describe(value), oneOf(valid),
                              value.is_string() ? nearestName(value.get<std::string>(), valid) : ""};
        }
    Found error;
    if (value.is_number())
        error = checkNumber(value, schema, place);
    else if (value.is_string())
        error = checkString(value, schema, place);
    else if (value.is_array())
        error = checkArray(value, schema, place);
    else if (value.is_object())
        error = checkObject(value, schema, place);
    return error ? error : checkCombined(value, schema, place);
}

} // namespace

const std::vector<EmbeddedText> &allSchemas()
{
    static const std::vector<EmbeddedText> all = [] {
        std::vector<EmbeddedText> texts = schema_texts();
        for (EmbeddedText &one : tableSchemas())
            texts.push_back(std::move(one));
        return texts;
    }();
    return all;
}

std::optional<InputError> checkSchema(const Json &value, const std::string &schema, const std::string &place)
{
    const Json &document = documents().at(schema + ".schema.json");
    return checkValue(value, {&document, &document}, place);
}

} // namespace resilience::io
