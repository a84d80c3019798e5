// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/event.h"
#include "core/sim/scenario.h"

#include <string>

namespace resilience::io {

// One event as a JSON object on one line, without a newline: "number", "at" (seconds), "event", whom it is about by
// name, and every field of its detail. The event comes from a run of this scenario.
std::string eventToLine(const sim::Event &event, const sim::Scenario &scenario);

} // namespace resilience::io
