// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/arguments.h"
#include "app/command_line/sweep_request.h"

#include <vector>

namespace app {

// The options of `sweep` beside those of `run`.
std::vector<OptionSpec> sweepOptionSpecs();
// The words of `sweep`, as far as they can be judged without looking at files; `run` is what the shared options ask
// for.
resilience::io::OrError<SweepRequest> parseSweep(const Arguments &arguments, RunRequest run);

} // namespace app
