// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <array>
#include <charconv>
#include <string>

namespace resilience {

/// A number as users write it, for a ConfigError: the shortest text that reads back as the same value, whatever the
/// locale. "0.05", "-90", "1e-09".
inline std::string numberText(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

inline std::string secondsText(Duration d) { return numberText(toSeconds(d)) + " s"; }

} // namespace resilience
