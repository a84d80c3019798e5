// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/bulkhead_config.h"

namespace resilience::io {

// Reads a value that bulkhead.schema.json has passed; validate() has the last word. `place` is where it stands.
OrError<BulkheadConfig> bulkheadFromJson(const Json &value, const std::string &place = "");
OrderedJson bulkheadToJson(const BulkheadConfig &config);

} // namespace resilience::io
