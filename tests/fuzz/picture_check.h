// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tests {

// Looks for a session in the bytes of a picture. Checked: that what is found is no larger than a file may be, is read
// or refused as such a file is, and is found again in a picture that holds nothing else. What was wrong, or nothing.
std::string pictureProblem(std::string_view file);

} // namespace tests
