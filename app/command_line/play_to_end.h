// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/headless_run.h"

#include <iosfwd>

namespace app {

class StopSignal;

// Plays a run to its end, with progress on `err` where that is a terminal; or until `into`, which the listener writes
// to, takes no more. False when it was stopped; `err` then has said where.
bool playToEnd(HeadlessRun &run, const StopSignal &stop, std::ostream &err, const HeadlessRun::Listener &listener = {},
               const std::ostream *into = nullptr);

} // namespace app
