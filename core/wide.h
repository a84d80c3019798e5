// SPDX-License-Identifier: MIT
#pragma once

namespace resilience {

// Holds the product of any two 64-bit numbers, so that rates are compared exactly. A compiler's extension.
__extension__ using Wide = unsigned __int128;

constexpr Wide ceilDivided(Wide a, Wide b) { return a / b + (a % b != 0); }

} // namespace resilience
