// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/event.h"

namespace resilience::io {

// Adds "event", its name, and the fields that only its kind has. Whom it is about is not among them.
void addFields(OrderedJson &value, const sim::EventDetail &detail);
OrderedJson endingToValue(const sim::Ending &ending);

} // namespace resilience::io
