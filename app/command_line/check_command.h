// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace app {

// `check`: holds each file against its schema and all that goes beyond. A line on `out` for each good one, a message on
// `err` for each bad one. Exit code: 0 all good, 1 they could not be told, 2 one is bad.
int checkFiles(const std::vector<std::string> &files, std::ostream &out, std::ostream &err);

} // namespace app
