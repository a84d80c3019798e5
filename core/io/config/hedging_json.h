// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/hedging_config.h"

namespace resilience::io {

// Reads a value that hedging.schema.json has passed; validate() has the last word. `place` is where it stands.
OrError<HedgingConfig> hedgingFromJson(const Json &value, const std::string &place = "");
OrderedJson hedgingToJson(const HedgingConfig &config);

} // namespace resilience::io
