// SPDX-License-Identifier: MIT
#include "core/io/picture/inflate.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace resilience::io {

std::optional<std::string> inflated(std::string_view stream, size_t most)
{
    constexpr size_t kMostInput = size_t{1} << 30U; // zlib counts with 32 bits
    z_stream state{};
    if (stream.size() > kMostInput || inflateInit(&state) != Z_OK)
        return std::nullopt;
    // zlib only reads it.
    state.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(stream.data()));
    state.avail_in = static_cast<uInt>(stream.size());
    std::string text;
    std::array<char, 65536> block{};
    int result = Z_OK;
    while (result == Z_OK && text.size() <= most) {
        state.next_out = reinterpret_cast<Bytef *>(block.data());
        state.avail_out = static_cast<uInt>(block.size());
        result = inflate(&state, Z_NO_FLUSH);
        text.append(block.data(), block.size() - state.avail_out);
    }
    inflateEnd(&state);
    return result == Z_STREAM_END && text.size() <= most ? std::optional(std::move(text)) : std::nullopt;
}

} // namespace resilience::io
