// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>

namespace app {

// `drive`: one pattern over the line protocol. Exit code: 0 the input ended, 1 the output takes no more, 2 an unknown
// pattern or a bad configuration, before any line is read.
int drivePattern(const std::string &pattern, const std::string &config, std::istream &in, std::ostream &out,
                 std::ostream &err);

} // namespace app
