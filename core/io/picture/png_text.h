// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::io {

// Whether the bytes begin as a PNG file does.
bool isPng(std::string_view file);

// What stands after a chunk: the sum of its type and its data (CRC-32, PNG third edition 5.5).
uint32_t pngSum(std::string_view typeAndData);

// The text with this key that a PNG file carries (tEXt, zTXt or iTXt, PNG third edition 11.3.3), as UTF-8. The first
// one; nothing when there is none, it holds more than `most` bytes, or the file is damaged before or in it. The picture
// itself is not looked at.
std::optional<std::string> textInPng(std::string_view file, std::string_view key, size_t most);

} // namespace resilience::io
