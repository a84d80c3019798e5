// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/scenario.h"

#include <optional>

namespace resilience::io {

// The clients of a scenario that its schema has passed and that has its services already, added to it; `place` is where
// the array stands. One that shares another's policies has the same `pipeline`.
std::optional<InputError> readClients(const Json &value, const std::string &place, sim::Scenario &scenario);
OrderedJson clientToValue(const sim::ClientConfig &client, const sim::Scenario &scenario);

} // namespace resilience::io
