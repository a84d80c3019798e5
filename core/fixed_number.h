// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <charconv>
#include <limits>
#include <string>

namespace resilience {

/// With so many digits after the point, at most 17, which is a point in every language: 0.250, -3, 1000000.0.
inline std::string fixedNumber(double value, int digits)
{
    std::array<char, std::numeric_limits<double>::max_exponent10 + 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr;
    return {text.data(), end};
}

} // namespace resilience
