// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>

namespace resilience {

/// Some of a call's attempts, by their numbers 1 to 32.
class AttemptSet {
public:
    constexpr bool contains(uint32_t number) const { return (m_bits & bit(number)) != 0; }
    constexpr bool empty() const { return m_bits == 0; }
    constexpr uint32_t count() const { return static_cast<uint32_t>(std::popcount(m_bits)); }

    constexpr void add(uint32_t number) { m_bits |= bit(number); }
    /// All of another set's too.
    constexpr void add(const AttemptSet &other) { m_bits |= other.m_bits; }
    constexpr void remove(uint32_t number) { m_bits &= ~bit(number); }
    /// Takes the smallest number out. For: while (!set.empty()) use(set.takeFirst());
    constexpr uint32_t takeFirst()
    {
        const auto number = static_cast<uint32_t>(std::countr_zero(m_bits)) + 1;
        remove(number);
        return number;
    }

    constexpr bool operator==(const AttemptSet &) const = default;

private:
    static constexpr uint32_t bit(uint32_t number) { return number >= 1 && number <= 32 ? 1U << (number - 1) : 0; }

    uint32_t m_bits = 0;
};

} // namespace resilience
