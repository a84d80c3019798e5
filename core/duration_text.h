// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <string>

namespace resilience::sim {

/// "12.4 s", "50 ms", "20 us", "5 ns": at most three significant decimals of the unit that fits.
std::string durationText(Duration duration);
/// A moment, likewise, but cut instead of rounded: never later than it is.
std::string durationText(Time t);

} // namespace resilience::sim
