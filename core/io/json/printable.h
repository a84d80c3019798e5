// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace resilience::io {

// The text on one line, such that no terminal, dialog or log obeys anything in it: control characters (C0, DEL, C1),
// those that steer the direction of writing, line separators, what is no character and bytes that are no UTF-8 are
// written out, as \n, \u001b or \xff. All else stays as it is, so a text that was printable comes back unchanged.
std::string printable(std::string_view text);

// Its first `length` bytes, of a longer one marked as cut: "abc..."; never half a character.
std::string shortened(std::string_view text, size_t length);

} // namespace resilience::io
