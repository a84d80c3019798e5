// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tests {

// Reads the text as a scenario, as a session, and as whichever of the two it says it is. Checked: that
// - each gives a value or a message, and all of them the same answer;
// - what was read is written so that it reads back equal, and is then written the same.
// What was wrong, or nothing.
std::string runFileProblem(std::string_view text);

} // namespace tests
