// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/scenario.h"
#include "core/sim/world/world.h"

#include <string>
#include <vector>

namespace app {

// What the log says of an event, none to two lines. Where a breaker is meant for the call, the lab's verified output;
// else how attempts ended, who was turned away by what, and what health checks and the lock decided.
std::vector<std::string> logLines(const resilience::sim::Event &event, const resilience::sim::World &world,
                                  const resilience::sim::Scenario &scenario);

} // namespace app
