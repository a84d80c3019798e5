// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/prepared_run.h"
#include "app/run/twin.h"
#include "core/io/json/input_error.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/lab.h"

#include <QString>

#include <optional>
#include <string>

namespace app {

class Session;

// A run as it is to be opened: at the moment that was on screen when it was saved, or else at its end; a scenario to
// which nothing was done, at its start.
struct OpenedRun {
    const resilience::labs::Lab *lab;
    resilience::sim::Timeline run;
    KeptRuns kept; // beside it
    resilience::Time where; // that moment; the run has not come so far where it is a long way: see Session::goOnTo()
};
OpenedRun openedRun(const PreparedRun &prepared);

// Reads a scenario, a session, or a picture exported by this program (PNG, SVG, PDF), which carries the session it
// shows. The error is the one the command line would print.
resilience::io::OrError<OpenedRun> readRun(const QString &path);

// Opens it in the session, with all that was kept beside it.
void open(Session &session, OpenedRun opened);
// The same as the first thing of all.
void begin(Session &session, OpenedRun opened);

// The session as readRun() and the command line reopen it; an error when it is too large for a file.
resilience::io::OrError<std::string> savedRun(const Session &session);

// Saves the session so that readRun() and the command line reopen it. Whole or not at all.
std::optional<resilience::io::InputError> saveRun(const Session &session, const QString &path);

} // namespace app
