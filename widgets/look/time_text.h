// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <QString>

namespace widgets {

using resilience::Duration;
using resilience::Time;

// A moment in words, in the largest of s, ms, us that `scale` (the longest time in sight) fills at least once, with the
// decimals that `resolution` needs: "12.40 s", "20 ms", "0 s". Never later than the moment: what is left over is cut
// off, as on a clock.
QString timeText(Time t, Duration scale, Duration resolution);

// A stretch of time in words, as short as it goes: "1 s", "0.4 s", "2 ms".
QString spanText(Duration span);

} // namespace widgets
