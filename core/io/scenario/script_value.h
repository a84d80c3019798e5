// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

#include <optional>

namespace resilience::io {

// What happens by itself in a scenario, which has everything else already: its "faults" and "knobs", if `value`, the
// scenario that its schema has passed, has them; `place` is where that stands.
std::optional<InputError> readScript(const Json &value, const std::string &place, sim::Scenario &scenario);
// Adds the two keys where there is something to say.
void addScript(OrderedJson &value, const sim::Scenario &scenario);

} // namespace resilience::io
