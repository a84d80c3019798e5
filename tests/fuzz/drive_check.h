// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tests {

// Holds a conversation with a driven pattern to what the line protocol promises. The first line of `input` is the name
// of a pattern and, after a space, its configuration; all others go to the pattern. Checked: that
// - whatever comes in, each line is answered by exactly one JSON object on one line;
// - a refused one says why, and nothing else, and changed nothing: without those lines the others get the same answers;
// - the pattern works on afterwards.
// What was wrong, or nothing. Patterns and configurations that do not open are only to say why.
std::string driveProblem(std::string_view input);

} // namespace tests
