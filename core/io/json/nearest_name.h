// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace resilience::io {

// The valid name that `word` was probably meant to be: the one with the smallest edit distance (insert, delete, replace
// or swap neighbours), case and - or _ being the same, or one that it begins. Empty when none is within a third of its
// length. The first of equals.
std::string nearestName(std::string_view word, std::span<const std::string> valid);

// one of a, b, c
std::string oneOf(std::span<const std::string> valid);

} // namespace resilience::io
