// SPDX-License-Identifier: MIT
#include "core/io/picture/picture_session.h"

#include "core/io/json/text_file.h"
#include "core/io/picture/png_text.h"

#include <array>
#include <charconv>
#include <utility>

namespace resilience::io {

namespace {

constexpr size_t kLongestReference = 10; // "&#1114111;", the longest there can be

// What a reference to a character, without & and ;, stands for. The writers use no others: JSON has ASCII controls, if
// any, and markup.
std::optional<char> referred(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> named{
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto &[word, character] : named)
        if (word == name)
            return character;
    if (!name.starts_with('#'))
        return std::nullopt;
    const bool hexadecimal = name.starts_with("#x");
    name.remove_prefix(hexadecimal ? 2 : 1);
    unsigned code = 0;
    const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
    const bool isAscii = failure == std::errc() && end == name.data() + name.size() && code > 0 && code < 0x80;
    return isAscii ? std::optional(static_cast<char>(code)) : std::nullopt;
}

// The text of an element that holds nothing but text.
std::optional<std::string> unescaped(std::string_view text, size_t most)
{
    std::string result;
    while (!text.empty()) {
        if (text.front() == '<' || result.size() >= most)
            return std::nullopt;
        if (text.front() != '&') {
            result += text.front();
            text.remove_prefix(1);
            continue;
        }
        const size_t end = text.substr(0, kLongestReference).find(';');
        const auto character = end == std::string_view::npos ? std::nullopt : referred(text.substr(1, end - 1));
        if (!character)
            return std::nullopt;
        result += *character;
        text.remove_prefix(end + 1);
    }
    return result;
}

} // namespace

std::optional<std::string> sessionInPicture(std::string_view file)
{
    if (isPng(file))
        return textInPng(file, kSessionTextKey, kMaxFileBytes);
    const std::string_view opening = kSessionElementOpening;
    const size_t from = file.find(opening);
    if (from == std::string_view::npos)
        return std::nullopt;
    file.remove_prefix(from + opening.size());
    const size_t to = file.find(kSessionElementClosing);
    return to == std::string_view::npos ? std::nullopt : unescaped(file.substr(0, to), kMaxFileBytes);
}

} // namespace resilience::io
