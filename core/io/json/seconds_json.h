// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

namespace resilience::io {

// The number that stands for `d` in a file or an answer: its seconds, with no digits beyond the nanosecond, such that
// fromSeconds() gives `d` back exactly. (Doubles hold every nanosecond up to 26 days, and beyond that every duration
// that was read from a number.)
double secondsNumber(Duration d);
inline double secondsNumber(Time t) { return secondsNumber(t.time_since_epoch()); }

} // namespace resilience::io
