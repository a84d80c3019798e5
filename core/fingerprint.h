// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace resilience {

/// A 64-bit digest of a sequence of words. Two runs with the same fingerprint took the same events in the same order;
/// it detects differences, it is no cryptographic hash. One multiplication a word, since every event of a run passes
/// here.
class Fingerprint {
public:
    constexpr void add(uint64_t word)
    {
        m_value = (std::rotl(m_value, 23) ^ word) * 0x9e3779b97f4a7c15ULL;
        m_value ^= m_value >> 29U;
    }
    constexpr void add(std::string_view text)
    {
        for (size_t from = 0; from < text.size(); from += sizeof(uint64_t)) {
            uint64_t word = 0;
            for (const char c : text.substr(from, sizeof(uint64_t)))
                word = word << 8U | static_cast<unsigned char>(c);
            add(word);
        }
        add(text.size());
    }

    constexpr uint64_t value() const { return m_value; }
    /// 16 hexadecimal digits.
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
