// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/retry/backoff.h"

namespace resilience::io {

// Reads the backoff's keys of a value that backoff.schema.json or retry.schema.json has passed; validate() has the last
// word. `place` is where the value stands.
OrError<BackoffConfig> backoffFromJson(const Json &value, const std::string &place = "");
// Adds all its keys.
void addBackoff(OrderedJson &value, const BackoffConfig &config);

// The stream that a driven pattern draws from, by the value's "seed" (default 1).
RandomStream randomFromJson(const Json &value);

} // namespace resilience::io
