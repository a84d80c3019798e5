// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace resilience::io {

using Json = nlohmann::json; // read
using OrderedJson = nlohmann::ordered_json; // written, keys in our order

inline constexpr int kMaxJsonDepth = 32;

// Strict JSON: refuses comments, duplicate keys, NaN, infinities and numbers beyond double, invalid UTF-8, anything
// after the value, and more than kMaxJsonDepth levels. The error's place is line and column, or the pointer to a
// duplicate key; its file is left empty.
OrError<Json> parseJson(std::string_view text);

// What a message says was found: "the text "abc"", 5, "an object". Short, and printable whatever the value holds.
std::string describe(const Json &value);
// A text from outside, cut short, in quotes; control characters are escaped as in JSON, broken UTF-8 is replaced.
std::string inQuotes(std::string_view text);

// A JSON pointer's next step, for messages: / and ~ are escaped, and what inQuotes() would not show as it is.
std::string below(const std::string &place, std::string_view key);
std::string below(const std::string &place, size_t index);

// Compact, on one line; invalid UTF-8 is replaced.
std::string toLine(const OrderedJson &value);
// Indented by two spaces, with a newline at the end.
std::string toText(const OrderedJson &value);

} // namespace resilience::io
