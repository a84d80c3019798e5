// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/circuit_breaker.h"

#include <nlohmann/json.hpp>

namespace tests {

// The `ours` of a case: the keys of `drive circuit-breaker --config`, durations in seconds. Throws for any other key;
// whether the values make sense is for the breaker to say.
resilience::CircuitBreakerConfig breakerConfigOf(const nlohmann::json &ours);

} // namespace tests
