// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/circuit_breaker.h"

namespace resilience::io {

// Reads a value that circuit-breaker.schema.json has passed, and has the breaker's own validate() judge the rest (one
// setting against another). `place` is where the value stands in its file.
OrError<CircuitBreakerConfig> breakerFromJson(const Json &value, const std::string &place = "");

// Every setting, under the same keys; breakerFromJson gives the same configuration back.
OrderedJson breakerToJson(const CircuitBreakerConfig &config);

} // namespace resilience::io
