// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

#include <optional>

namespace resilience::io {

// The services of a scenario that its schema has passed, added to it; `place` is where the array stands.
std::optional<InputError> readServices(const Json &value, const std::string &place, sim::Scenario &scenario);
OrderedJson serviceToValue(const sim::ServiceConfig &service, const sim::Scenario &scenario);

} // namespace resilience::io
