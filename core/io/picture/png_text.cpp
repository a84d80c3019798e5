// SPDX-License-Identifier: MIT
#include "core/io/picture/png_text.h"

#include "core/io/picture/inflate.h"

namespace resilience::io {

namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr size_t kAround = 12; // a chunk's length, type and sum
constexpr size_t kMostOfOthers = 4096; // of a text's chunk: its key, its languages, what packing adds

uint32_t numberAt(std::string_view text, size_t place)
{
    uint32_t number = 0;
    for (size_t i = 0; i < 4; ++i)
        number = number << 8U | static_cast<unsigned char>(text[place + i]);
    return number;
}

// Up to the 0 byte, which is taken and not given.
std::optional<std::string_view> takeWord(std::string_view &from)
{
    const size_t end = from.find('\0');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view word = from.substr(0, end);
    from.remove_prefix(end + 1);
    return word;
}

std::string utf8OfLatin1(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xc0U | code >> 6U);
            result += static_cast<char>(0x80U | (code & 0x3fU));
        }
    }
    return result;
}

std::optional<std::string> plain(std::string_view text, size_t most)
{
    return text.size() > most ? std::nullopt : std::optional(std::string(text));
}

// Of what follows the key and its 0 byte.
std::optional<std::string> textOf(std::string_view type, std::string_view data, size_t most)
{
    if (type == "iTXt") {
        if (data.size() < 2 || data[0] > 1 || data[0] < 0 || data[1] != 0)
            return std::nullopt;
        const bool packed = data[0] == 1;
        data.remove_prefix(2);
        const bool words = takeWord(data) && takeWord(data); // its language, and the key in that language
        if (!words)
            return std::nullopt;
        return packed ? inflated(data, most) : plain(data, most);
    }
    if (type == "zTXt" && (data.empty() || data[0] != 0))
        return std::nullopt;
    const auto text = type == "zTXt" ? inflated(data.substr(1), most) : plain(data, most);
    return text ? std::optional(utf8OfLatin1(*text)) : std::nullopt;
}

} // namespace

uint32_t pngSum(std::string_view typeAndData)
{
    uint32_t sum = 0xffffffff;
    for (const char c : typeAndData) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1U ^ ((sum & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~sum;
}

bool isPng(std::string_view file) { return file.starts_with(kSignature); }

std::optional<std::string> textInPng(std::string_view file, std::string_view key, size_t most)
{
    if (!isPng(file))
        return std::nullopt;
    file.remove_prefix(kSignature.size());
    while (file.size() >= kAround) {
        const size_t length = numberAt(file, 0);
        if (length > file.size() - kAround)
            return std::nullopt;
        const std::string_view type = file.substr(4, 4);
        std::string_view data = file.substr(8, length);
        const bool isText = type == "tEXt" || type == "zTXt" || type == "iTXt";
        if (isText && takeWord(data) == key) {
            if (length > most + kMostOfOthers) // packed it is no longer than plain, and summing it up takes time
                return std::nullopt;
            const bool whole = pngSum(file.substr(4, 4 + length)) == numberAt(file, 8 + length);
            return whole ? textOf(type, data, most) : std::nullopt;
        }
        file.remove_prefix(kAround + length);
    }
    return std::nullopt;
}

} // namespace resilience::io
