// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// What the parts bring to a scenario: see core/sim/engine/settings_list.h. `value` is the scenario, which its schema
// has passed, and `scenario` has its services already; `place` is where it stands.
std::optional<InputError> readPartSettings(const Json &value, const std::string &place, sim::Scenario &scenario);
// Of the parts that it has.
void addPartSettings(OrderedJson &value, const sim::Scenario &scenario);
bool hasParts(const sim::Scenario &scenario); // any of them
std::vector<std::string> partKeys(); // "lock"

} // namespace resilience::io
