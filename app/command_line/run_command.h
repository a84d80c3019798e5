// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/run_request.h"

#include <iosfwd>
#include <optional>
#include <string>

namespace app {

struct RunCommandRequest {
    RunRequest run;
    bool transcript = false;
    bool summary = false;
    std::optional<std::string> events; // file: every event, one JSON object a line
    std::optional<std::string> session; // file: the run, to be opened again
};

// `run`: plays a run to its end without a display. Files appear whole, and only after the run has ended well. With
// neither a transcript nor a summary nor a file asked for, a few lines for people.
// Exit code: 0 done, 1 stopped or not written, 2 bad input.
int runHeadless(const RunCommandRequest &request, std::ostream &out, std::ostream &err);

} // namespace app
