// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/compare_command.h"
#include "app/command_line/export_request.h"
#include "app/command_line/run_command.h"
#include "app/command_line/sweep_request.h"
#include "app/command_line/window_request.h"
#include "core/io/json/input_error.h"

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace app {

struct HelpRequest {
    std::string command; // empty = all
};
struct VersionRequest {};
struct ListRequest {
    bool json = false;
    bool schema = false; // of scenario files, instead
};
struct DriveRequest {
    std::string pattern;
    std::string config; // JSON; empty = defaults
};
struct CheckRequest {
    std::vector<std::string> files;
};

using CommandRequest = std::variant<WindowRequest, HelpRequest, VersionRequest, ListRequest, RunCommandRequest,
                                    ExportRequest, CompareRequest, SweepRequest, DriveRequest, CheckRequest>;

// The words after the program's name. Only the window's request is looked up here; the others check theirs when they
// run.
resilience::io::OrError<CommandRequest> parseCommandLine(std::span<const std::string> words);

} // namespace app
