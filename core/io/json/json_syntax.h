// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::io {

// Where a text stops being JSON (RFC 8259).
struct SyntaxFault {
    size_t offset = 0; // in bytes; the text's length when it ends too early
    std::string found; // "the end of the text", "\"NaN\""
    std::string expected; // "a value"
};

// The first fault, in words that depend on nothing but the text; none when it is JSON. A number beyond the range of
// double is a fault, as it is for every parser that keeps numbers as double.
std::optional<SyntaxFault> firstSyntaxFault(std::string_view text);

} // namespace resilience::io
