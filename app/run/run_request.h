// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace app {

// Which run, as asked for on the command line; `run` and `export` share it. prepareRun() makes a run of it.
struct RunRequest {
    std::string source; // a step's id, or a scenario or session file
    std::optional<std::string> scenario; // with a step: the name of one of its scenarios, or a file
    std::optional<std::string> seed;
    std::optional<std::string> until; // seconds
    std::vector<std::string> settings; // KNOB=VALUE
    std::vector<std::string> faults; // T:KIND[:TARGET[:VALUE]]
    std::vector<std::string> clears; // T:KIND[:TARGET]
};

} // namespace app
