// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/sim/engine/scenario.h"

#include <string>
#include <string_view>

namespace resilience::io {

// Reads a scenario (resources/schema/scenario.schema.json). Beyond the schema it checks that names are unique, targets
// exist, a fault ends after it begins, script times ascend, knobs exist and their values fit, alone and together.
// Whether there is such a step is for the caller to know. `file` is the name for messages.
OrError<sim::Scenario> readScenario(std::string_view text, const std::string &file);

// As text that readScenario turns into an equal scenario, every setting written out. Precondition: its script is one
// that a file can say, that is, it sets, ends and turns, all with order 0, and clears only what it has set.
std::string scenarioToJson(const sim::Scenario &scenario);

} // namespace resilience::io
