// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/headless_run.h"

#include <iosfwd>

namespace app {

// Plays a run to its end, with progress on `err` where that is a terminal. False when Ctrl-C, or a request to
// terminate, stopped it; `err` then has said where.
bool playToEnd(HeadlessRun &run, std::ostream &err, const HeadlessRun::Listener &listener = {});

} // namespace app
