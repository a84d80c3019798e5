// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace resilience {

// A 64-bit digest of a sequence (FNV-1a over 64-bit words). Two runs with the same fingerprint took the same events in
// the same order; it detects differences, it is no cryptographic hash.
class Fingerprint {
public:
    constexpr void add(uint64_t word)
    {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            m_value ^= (word >> shift) & 0xffU;
            m_value *= 0x100000001b3ULL;
        }
    }
    constexpr void add(std::string_view text)
    {
        for (const char c : text) {
            m_value ^= static_cast<unsigned char>(c);
            m_value *= 0x100000001b3ULL;
        }
        add(text.size());
    }

    constexpr uint64_t value() const { return m_value; }
    // 16 hexadecimal digits.
    std::string text() const
    {
        std::string digits(16, '0');
        for (unsigned i = 0; i < 16; ++i)
            digits[15 - i] = "0123456789abcdef"[(m_value >> (4 * i)) & 0xfU];
        return digits;
    }

    constexpr bool operator==(const Fingerprint &) const = default;

private:
    uint64_t m_value = 0xcbf29ce484222325ULL;
};

} // namespace resilience
