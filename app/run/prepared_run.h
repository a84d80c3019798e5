// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/run_request.h"
#include "core/io/json/input_error.h"
#include "core/io/scenario/session_json.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/lab.h"

namespace app {

// A run that is known to be good: it only has to be played.
struct PreparedRun {
    const resilience::labs::Lab *lab = nullptr;
    resilience::io::Session session;

    // At its start.
    resilience::sim::Timeline
    timeline(resilience::sim::History::Keeps keeps = resilience::sim::History::Keeps::All) const;
};

// Finds the scenario or session, and puts what else was asked for on top of it. --set counts as done at time zero.
resilience::io::OrError<PreparedRun> prepareRun(const RunRequest &request);

// A scenario by its name, or a scenario or session file: of this lab, or of any where `lab` is null.
resilience::io::OrError<PreparedRun> prepareScenario(const resilience::labs::Lab *lab, const std::string &name);

// Reads a scenario or session file, and finds the lab it belongs to.
resilience::io::OrError<PreparedRun> prepareFile(const std::string &path);

// The lab with this id, or an error at `place` that names those there are.
resilience::io::OrError<const resilience::labs::Lab *> labNamed(const std::string &id, const std::string &place);

} // namespace app
