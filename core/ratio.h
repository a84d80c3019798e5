// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace resilience {

/// A share between 0 and 1, held in parts per billion so that rates compare as integers, by cross-multiplication
/// and without rounding first: "3 of 10" reaches 0.3 exactly. A share that is no whole number of parts (2/3) is taken
/// from below, so that 2 of 3 reaches it; a value within 1e-12 of a whole part is that part (0.6 in binary is not 0.6).
class Ratio {
public:
    static constexpr uint64_t kParts = 1'000'000'000;

    constexpr Ratio() = default;

    /// `share` in 0..1; the caller has checked the range.
    static Ratio of(double share)
    {
        const double parts = share * static_cast<double>(kParts);
        const double nearest = std::nearbyint(parts);
        return fromParts(static_cast<uint64_t>(std::abs(parts - nearest) < 1e-3 ? nearest : std::floor(parts)));
    }
    static constexpr Ratio fromParts(uint64_t parts)
    {
        Ratio r;
        r.m_parts = parts;
        return r;
    }

    /// Whether hits / total >= this share. False for an empty total. Exact for totals below 2^34.
    constexpr bool reachedBy(uint64_t hits, uint64_t total) const
    {
        return total > 0 && hits * kParts >= m_parts * total;
    }

    constexpr uint64_t parts() const { return m_parts; }
    constexpr double share() const { return static_cast<double>(m_parts) / static_cast<double>(kParts); }

    constexpr bool operator==(const Ratio &) const = default;

private:
    uint64_t m_parts = 0;
};

} // namespace resilience
