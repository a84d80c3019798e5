// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

#include <optional>
#include <string>

// The run as text, in the words of the lab's verified output: what the caller prints, and what the breaker notes.
namespace resilience::sim {

// What the calling program, the one that probes, or the holder of a lock prints when this event reaches it; none for
// events it does not see.
//   Failure 3: Connection refused
//   Fast fail: payment-service circuit is OPEN
//   Retry 3: attempt 2 in 120 ms
//   gateway: Throttled 3: a permit is free in 120 ms        when it is a service's own call
//   Acquired by worker-1: 3 votes, valid for 9.8 s
std::optional<std::string> consoleLine(const Event &event, const Scenario &scenario);

// What the breaker writes into its log; none for events that do not concern it.
//   [closed] failure(3)
//   → TRANSITION: closed → open
std::optional<std::string> breakerLine(const Event &event);

// All of it up to the present moment of the timeline: for one pipeline after the other the console lines, "State: open"
// and the breaker lines, these two only where a breaker is known; then what probing and the lock had to print. Where
// there is more than one such part each begins with its name, "=== checkout ===". Covers the events that the log still
// holds.
std::string transcript(const Timeline &timeline);

} // namespace resilience::sim
