// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/timeline.h"

#include <optional>
#include <string>

// The run as text, in the words of the lab's verified output: what the caller prints, and what the breaker notes.
namespace resilience::sim {

// What the calling program prints when this event reaches it; none for events it does not see.
//   Failure 3: Connection refused
//   Fast fail: payment-service circuit is OPEN
std::optional<std::string> consoleLine(const Event &event, const World &world);

// What the breaker writes into its log; none for events that do not concern it.
//   [closed] failure(3)
//   → TRANSITION: closed → open
std::optional<std::string> breakerLine(const Event &event);

// Both, one after the other, up to the present moment of the timeline: console lines, "State: open", breaker lines.
// One breaker after the other where there are several clients. Covers the events that the log still holds.
std::string transcript(const Timeline &timeline);

} // namespace resilience::sim
