// SPDX-License-Identifier: MIT
#include "core/io/json/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace resilience::io {

namespace {

struct Range {
    uint32_t first;
    uint32_t last;
};
// Controls; the marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9); what no XML
// may hold.
constexpr std::array kObeyed{Range{0x00, 0x1f},     Range{0x7f, 0x9f},     Range{0x61c, 0x61c},
                             Range{0x200e, 0x200f}, Range{0x2028, 0x202e}, Range{0x2066, 0x2069},
                             Range{0xfeff, 0xfeff}, Range{0xfffe, 0xffff}};

bool isObeyed(uint32_t code)
{
    return std::any_of(kObeyed.begin(), kObeyed.end(),
                       [code](const Range &range) { return code >= range.first && code <= range.last; });
}

struct Character {
    uint32_t code = 0;
    size_t bytes = 0; // none: no UTF-8
};

// The first one of a text that is not empty; shortest forms, no surrogates, nothing beyond U+10FFFF (RFC 3629).
Character firstCharacter(std::string_view text)
{
    const auto byte = [text](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(text[i])); };
    const uint32_t lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    const size_t bytes = lead >= 0xf0 && lead < 0xf5   ? 4
                         : lead >= 0xe0 && lead < 0xf0 ? 3
                         : lead >= 0xc2 && lead < 0xe0 ? 2
                                                       : 0;
    if (bytes == 0 || text.size() < bytes)
        return {};
    uint32_t code = lead & (0xffU >> (bytes + 1));
    for (size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return {};
        code = code << 6U | (byte(i) & 0x3fU);
    }
    constexpr std::array<uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool valid = code >= least[bytes] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return valid ? Character{code, bytes} : Character{};
}

std::string hexadecimal(uint32_t value, unsigned digits)
{
    std::string text;
    while (digits > 0)
        text += "0123456789abcdef"[value >> (4 * --digits) & 0xfU];
    return text;
}

std::string writtenOut(uint32_t code)
{
    switch (code) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return "\\u" + hexadecimal(code, 4);
    }
}

} // namespace

std::string printable(std::string_view text)
{
    std::string shown;
    while (!text.empty()) {
        const Character next = firstCharacter(text);
        if (next.bytes == 0)
            shown += "\\x" + hexadecimal(static_cast<unsigned char>(text.front()), 2);
        else if (isObeyed(next.code))
            shown += writtenOut(next.code);
        else
            shown += text.substr(0, next.bytes);
        text.remove_prefix(std::max<size_t>(next.bytes, 1));
    }
    return shown;
}

std::string shortened(std::string_view text, size_t length)
{
    std::string kept(text.substr(0, length));
    while (kept.size() < text.size() && !kept.empty()
           && (static_cast<unsigned char>(text[kept.size()]) & 0xc0U) == 0x80U)
        kept.pop_back();
    return kept.size() < text.size() ? kept + "..." : kept;
}

} // namespace resilience::io
