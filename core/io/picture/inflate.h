// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace resilience::io {

// What a zlib stream (RFC 1950, with DEFLATE, RFC 1951) holds. Nothing when it is damaged or holds more than `most`
// bytes, which is found out before they are all made.
std::optional<std::string> inflated(std::string_view stream, size_t most);

} // namespace resilience::io
