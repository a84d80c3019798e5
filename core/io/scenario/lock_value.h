// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

#include <optional>

namespace resilience::io {

// The lock of a scenario that its schema has passed and that has its services already; `place` is where it stands.
std::optional<InputError> readLock(const Json &value, const std::string &place, sim::Scenario &scenario);
OrderedJson lockToValue(const sim::LockScenario &lock);

} // namespace resilience::io
