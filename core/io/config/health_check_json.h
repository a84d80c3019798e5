// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/health_check_config.h"

namespace resilience::io {

// Reads the keys of health-check.schema.json of a value that a schema has passed; validate() has the last word. `place`
// is where it stands.
OrError<HealthCheckConfig> healthCheckFromJson(const Json &value, const std::string &place = "");
// Adds all its keys.
void addHealthCheck(OrderedJson &value, const HealthCheckConfig &config);

} // namespace resilience::io
