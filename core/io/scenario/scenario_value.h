// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

namespace resilience::io {

// A scenario inside a JSON document that scenario.schema.json has passed; `place` is where it stands in its file.
OrError<sim::Scenario> scenarioFromValue(const Json &value, const std::string &place);
OrderedJson scenarioToValue(const sim::Scenario &scenario);

} // namespace resilience::io
