// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/sweep_request.h"

#include <iosfwd>

namespace app {

// `sweep`: many runs of a scenario, in threads, into a folder. What is stopped or killed leaves whole files, and goes
// on from them the next time. Exit code: 0 done, 1 stopped or not written, 2 bad input.
int runSweep(const SweepRequest &request, std::ostream &out, std::ostream &err);

} // namespace app
