// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/scenario.h"

#include <string>

namespace tests {

// A scenario file that gives every key, and its parts replaced: with("\"until\": 30", "\"until\": -1").
std::string fullScenario();
std::string with(const std::string &from, const std::string &to);
std::string replaced(std::string text, const std::string &from, const std::string &to);

// The least a scenario file may hold.
std::string leastScenario();

// What fullScenario() says, built without reading it.
resilience::sim::Scenario fullScenarioAsValue();

} // namespace tests
