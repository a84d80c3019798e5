// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/prepared_run.h"

#include <optional>

namespace app {

// How the window is to open. All of it has been found to be good.
struct WindowRequest {
    const resilience::labs::Lab *lab = nullptr; // --step; null = the last one
    std::optional<PreparedRun> run; // --scenario; its lab is `lab`
    bool present = false; // --present
};

} // namespace app
