// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/window_request.h"

namespace app {

// Opens the window and stays until it is closed. Makes the application object; `argc` and `argv` must outlive the call.
// The result is the program's exit code.
int runWindow(int &argc, char **argv, const WindowRequest &request);

} // namespace app
