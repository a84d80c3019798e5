// SPDX-License-Identifier: MIT
#include "core/io/picture/inflate.h"

#include <array>
#include <cstdint>

namespace resilience::io {

namespace {

constexpr unsigned kLongestCode = 15; // bits
constexpr size_t kLiterals = 288; // literals, the end of a block, lengths
constexpr size_t kDistances = 30;

class BitReader {
public:
    explicit BitReader(std::string_view text) : m_text(text) {}

    // The next `count` <= 16 bits, the first one lowest. Beyond the end they are 0, and failed() is true.
    uint32_t bits(unsigned count)
    {
        while (m_have < count) {
            m_failed = m_failed || m_next >= m_text.size();
            const uint32_t byte = m_failed ? 0 : static_cast<unsigned char>(m_text[m_next++]);
            m_held |= byte << m_have;
            m_have += 8;
        }
        const uint32_t value = m_held & ((1U << count) - 1);
        m_held >>= count;
        m_have -= count;
        return value;
    }
    void toNextByte()
    {
        m_held = 0;
        m_have = 0;
    }
    // From the next whole byte on.
    std::string_view bytes(size_t count)
    {
        if (count > m_text.size() - m_next) {
            m_failed = true;
            return {};
        }
        m_next += count;
        return m_text.substr(m_next - count, count);
    }
    bool failed() const { return m_failed; }

private:
    std::string_view m_text;
    size_t m_next = 0;
    uint32_t m_held = 0;
    unsigned m_have = 0;
    bool m_failed = false;
};

// A canonical Huffman code: of codes of one length, those of smaller symbols come first.
class HuffmanCode {
public:
    // False when the lengths are those of no code: more codes than there is room for.
    bool build(const uint8_t *lengths, size_t symbols)
    {
        m_count.fill(0);
        for (size_t i = 0; i < symbols; ++i)
            ++m_count[lengths[i]];
        m_count[0] = 0;
        std::array<uint16_t, kLongestCode + 1> next{};
        int room = 1;
        for (unsigned length = 1; length <= kLongestCode; ++length) {
            room = 2 * room - m_count[length];
            if (room < 0)
                return false;
            if (length > 1)
                next[length] = static_cast<uint16_t>(next[length - 1] + m_count[length - 1]);
        }
        for (size_t i = 0; i < symbols; ++i)
            if (lengths[i] != 0)
                m_symbols[next[lengths[i]]++] = static_cast<uint16_t>(i);
        return true;
    }
    std::optional<size_t> next(BitReader &in) const
    {
        int code = 0;
        int first = 0; // code of this length
        int index = 0; // of its symbol
        for (unsigned length = 1; length <= kLongestCode; ++length) {
            code |= static_cast<int>(in.bits(1));
            const int count = m_count[length];
            if (code - first < count)
                return in.failed() ? std::nullopt
                                   : std::optional<size_t>(m_symbols[static_cast<size_t>(index + code - first)]);
            index += count;
            first = (first + count) * 2;
            code *= 2;
        }
        return std::nullopt;
    }

private:
    std::array<uint16_t, kLongestCode + 1> m_count{};
    std::array<uint16_t, kLiterals> m_symbols{};
};

class Inflater {
public:
    Inflater(std::string_view text, size_t most) : m_in(text), m_most(most) {}

    std::string text;

    bool run()
    {
        for (bool last = false; !last;) {
            last = m_in.bits(1) == 1;
            const uint32_t kind = m_in.bits(2);
            const bool good = kind == 0 ? stored() : kind == 1 ? fixed() : kind == 2 && dynamic();
            if (!good || m_in.failed())
                return false;
        }
        return true;
    }
    // What comes after the last block, from the next byte on.
    std::string_view rest(size_t count)
    {
        m_in.toNextByte();
        return m_in.bytes(count);
    }

private:
    bool stored()
    {
        m_in.toNextByte();
        const uint32_t length = m_in.bits(16);
        const uint32_t check = m_in.bits(16);
        if ((length ^ check) != 0xffff || length > m_most - text.size())
            return false;
        text += m_in.bytes(length);
        return true;
    }
    bool fixed()
    {
        std::array<uint8_t, kLiterals> lengths{};
        for (size_t i = 0; i < lengths.size(); ++i)
            lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        m_literals.build(lengths.data(), lengths.size());
        lengths.fill(5);
        m_distances.build(lengths.data(), kDistances);
        return block();
    }
    bool dynamic()
    {
        const size_t literals = m_in.bits(5) + 257;
        const size_t distances = m_in.bits(5) + 1;
        const size_t codes = m_in.bits(4) + 4;
        if (literals > 286 || distances > kDistances)
            return false;
        constexpr std::array<uint8_t, 19> order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
        std::array<uint8_t, 19> ofLengths{};
        for (size_t i = 0; i < codes; ++i)
            ofLengths[order[i]] = static_cast<uint8_t>(m_in.bits(3));
        HuffmanCode lengthCode;
        if (!lengthCode.build(ofLengths.data(), ofLengths.size()))
            return false;
        std::array<uint8_t, kLiterals + kDistances> lengths{};
        if (!readLengths(lengthCode, lengths.data(), literals + distances))
            return false;
        return m_literals.build(lengths.data(), literals) && m_distances.build(lengths.data() + literals, distances)
               && block();
    }
    bool readLengths(const HuffmanCode &code, uint8_t *lengths, size_t count)
    {
        for (size_t i = 0; i < count;) {
            const auto symbol = code.next(m_in);
            if (!symbol)
                return false;
            if (*symbol < 16) {
                lengths[i++] = static_cast<uint8_t>(*symbol);
                continue;
            }
            if (*symbol == 16 && i == 0)
                return false;
            const uint8_t length = *symbol == 16 ? lengths[i - 1] : 0;
            const size_t times = *symbol == 16   ? 3 + m_in.bits(2)
                                 : *symbol == 17 ? 3 + m_in.bits(3)
                                                 : 11 + m_in.bits(7);
            if (times > count - i)
                return false;
            for (size_t end = i + times; i < end; ++i)
                lengths[i] = length;
        }
        return true;
    }
    // With the two codes at hand.
    bool block()
    {
        constexpr size_t endOfBlock = 256;
        for (;;) {
            const auto symbol = m_literals.next(m_in);
            if (!symbol)
                return false;
            if (*symbol == endOfBlock)
                return true;
            if (*symbol < endOfBlock) {
                if (text.size() >= m_most)
                    return false;
                text += static_cast<char>(*symbol);
            } else if (!repeat(*symbol - endOfBlock - 1)) {
                return false;
            }
        }
    }
    bool repeat(size_t lengthSymbol)
    {
        constexpr std::array<uint16_t, 29> lengths{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                   31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
        constexpr std::array<uint8_t, 29> lengthBits{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                     2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
        constexpr std::array<uint16_t, kDistances> distances{
            1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
            193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
        if (lengthSymbol >= lengths.size())
            return false;
        const size_t length = lengths[lengthSymbol] + m_in.bits(lengthBits[lengthSymbol]);
        const auto symbol = m_distances.next(m_in);
        if (!symbol || *symbol >= distances.size())
            return false;
        const size_t distance =
            distances[*symbol] + m_in.bits(*symbol < 2 ? 0 : static_cast<unsigned>(*symbol / 2 - 1));
        if (distance > text.size() || length > m_most - text.size())
            return false;
        for (size_t i = 0; i < length; ++i)
            text += text[text.size() - distance];
        return true;
    }

    BitReader m_in;
    size_t m_most;
    HuffmanCode m_literals;
    HuffmanCode m_distances;
};

uint32_t adler32(std::string_view text)
{
    constexpr uint32_t prime = 65521;
    uint32_t a = 1;
    uint32_t b = 0;
    for (const char c : text) {
        a = (a + static_cast<unsigned char>(c)) % prime;
        b = (b + a) % prime;
    }
    return b << 16U | a;
}

} // namespace

std::optional<std::string> inflated(std::string_view stream, size_t most)
{
    if (stream.size() < 2)
        return std::nullopt;
    const uint32_t method = static_cast<unsigned char>(stream[0]);
    const uint32_t flags = static_cast<unsigned char>(stream[1]);
    const bool deflate = (method & 0xfU) == 8 && (method * 256 + flags) % 31 == 0 && (flags & 0x20U) == 0;
    Inflater inflater(stream.substr(2), most);
    if (!deflate || !inflater.run())
        return std::nullopt;
    uint32_t sum = 0;
    const std::string_view trailer = inflater.rest(4);
    for (const char c : trailer)
        sum = sum << 8U | static_cast<unsigned char>(c);
    if (trailer.size() != 4 || sum != adler32(inflater.text))
        return std::nullopt;
    return std::move(inflater.text);
}

} // namespace resilience::io
