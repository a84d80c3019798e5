// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/time/time_picture.h"

#include <limits>

// Where two pictures begin to look different. While a run plays only the end of it changes, and only that is painted.
namespace widgets {

inline constexpr double kFromTheStart = -std::numeric_limits<double>::infinity();
inline constexpr double kNowhere = std::numeric_limits<double>::infinity();

// The x from which on the lanes, the numbers of the axis included, may differ. All of it (kFromTheStart) when the
// layout does.
double lanesDifferFrom(const TimePicture &a, const TimePicture &b);
// The same for a chart's plot; all of it when anything beside the plot differs too.
double chartDiffersFrom(const TimePicture &a, const TimePicture &b, size_t index);

} // namespace widgets
