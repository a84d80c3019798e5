// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace app {

// The commands there are; the window has none.
const std::vector<std::string> &commandNames();

// How to use a command; of the program where `command` is empty.
std::string helpText(const std::string &command);

} // namespace app
