// SPDX-License-Identifier: MIT
#include "core/io/json/json_text.h"

#include "core/io/json/json_syntax.h"
#include "core/io/json/printable.h"

#include <optional>
#include <vector>

namespace resilience::io {

namespace {

constexpr size_t kShown = 60; // bytes of a text that a message repeats

std::string lineAndColumn(std::string_view text, size_t offset)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) { // a code point, not a byte of one
            ++column;
        }
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// Builds the value and refuses what the parser lets pass.
class Builder : public nlohmann::json_sax<Json> {
public:
    explicit Builder(std::string_view text) : m_text(text) {}

    Json root;
    std::optional<InputError> error;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t &) override { return put(value); }
    bool string(string_t &value) override { return put(std::move(value)); }
    bool binary(binary_t &) override { return false; }
    bool start_object(size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t &name) override
    {
        m_levels.back().key = name;
        if (!m_levels.back().node->contains(name))
            return true;
        error = InputError{"", place(), "the key " + inQuotes(name) + " twice", "each key once", ""};
        return false;
    }
    // In our own words: the parser's change from release to release.
    bool parse_error(size_t position, const std::string &, const nlohmann::json::exception &) override
    {
        const SyntaxFault fault =
            firstSyntaxFault(m_text).value_or(SyntaxFault{position > 0 ? position - 1 : 0, "no JSON", "JSON"});
        error = InputError{"", lineAndColumn(m_text, fault.offset), fault.found, fault.expected, ""};
        return false;
    }

private:
    struct Level {
        Json *node;
        std::string key;
    };

    // Of what comes next. The outer arrays hold the item already that this is in.
    std::string place() const
    {
        std::string pointer;
        for (const Level &level : m_levels) {
            const size_t index = level.node->size() - (&level != &m_levels.back());
            pointer = level.node->is_array() ? below(pointer, index) : below(pointer, level.key);
        }
        return pointer;
    }
    Json *attach(Json value)
    {
        if (m_levels.empty()) {
            root = std::move(value);
            return &root;
        }
        Json &parent = *m_levels.back().node;
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        return &(parent[m_levels.back().key] = std::move(value));
    }
    template <typename T> bool put(T &&value)
    {
        attach(Json(std::forward<T>(value)));
        return true;
    }
    bool open(Json value)
    {
        if (m_levels.size() >= kMaxJsonDepth) {
            error = InputError{"", place(), "more than " + std::to_string(kMaxJsonDepth) + " levels", "fewer", ""};
            return false;
        }
        Json *node = attach(std::move(value));
        m_levels.push_back({node, {}});
        return true;
    }
    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    std::string_view m_text;
    std::vector<Level> m_levels;
};

} // namespace

OrError<Json> parseJson(std::string_view text)
{
    Builder builder(text);
    if (!Json::sax_parse(text.begin(), text.end(), &builder))
        return builder.error.value_or(InputError{"", "", "no JSON", "JSON", ""});
    return std::move(builder.root);
}

std::string inQuotes(std::string_view text)
{
    return printable(Json(shortened(text, kShown)).dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string describe(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::object:
        return "an object";
    case Json::value_t::array:
        return "an array";
    case Json::value_t::string:
        return "the text " + inQuotes(value.get_ref<const std::string &>());
    default:
        return value.dump();
    }
}

std::string below(const std::string &place, std::string_view key)
{
    std::string result = place + "/";
    const std::string shown = inQuotes(key);
    for (const char c : std::string_view(shown).substr(1, shown.size() - 2))
        result += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return result;
}

std::string below(const std::string &place, size_t index) { return place + "/" + std::to_string(index); }

std::string toLine(const OrderedJson &value)
{
    return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string toText(const OrderedJson &value)
{
    return value.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

} // namespace resilience::io
