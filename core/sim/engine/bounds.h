// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

// How much a run may hold at once, whatever its scenario asks for. What finds no room is told as an event (NotTaken)
// and counted; the totals and the window say so.
namespace resilience::sim {

/// Calls of clients under way. One that comes when there are so many is not taken.
inline constexpr size_t kMostCallsInFlight = 100'000;
/// Attempts on their way, those included whose caller has given up. One more is not sent: it fails at once.
inline constexpr size_t kMostAttemptsInFlight = 200'000;

} // namespace resilience::sim
