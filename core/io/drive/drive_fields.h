// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/time.h"

#include <string>

namespace resilience::io {

// The text that stands for an id of the line protocol: 1, 1.0 and 1e0 are one id; 1 and "1" are two.
std::string callId(const Json &id);
// The same for a message: cut short and printable, as describe() does.
std::string shownId(const std::string &callId);

// What every answer begins with: {"t": seconds}.
OrderedJson answerAt(Time now);

} // namespace resilience::io
