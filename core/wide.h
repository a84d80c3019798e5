// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace resilience {

/// Holds the product of any two 64-bit numbers, so that rates are compared exactly. A compiler's extension.
__extension__ using Wide = unsigned __int128;

constexpr Wide ceilDivided(Wide a, Wide b) { return a / b + (a % b != 0); }

/// parts / unit, for showing it; both below 2^64. Whole and fraction apart: rounded before they are divided, n x unit
/// parts may come out an ulp above n.
constexpr double inUnits(Wide parts, Wide unit)
{
    return static_cast<double>(static_cast<uint64_t>(parts / unit))
           + static_cast<double>(static_cast<uint64_t>(parts % unit))
                 / static_cast<double>(static_cast<uint64_t>(unit));
}

} // namespace resilience
