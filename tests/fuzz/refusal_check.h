// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tests {

// What is wrong with the message of a refusal, or nothing: it says what was found, on one line of bearable length, in
// valid UTF-8 and without control characters, so that it can be shown on a terminal whatever the input held.
std::string refusalProblem(const std::string &message);

} // namespace tests
