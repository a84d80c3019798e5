// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_label.h"
#include "widgets/time/time_picture.h"

#include <QPointF>

#include <vector>

class QPainter;

namespace widgets {

// The name of a curve beside its end: where several sides are compared, all but ours in one grey, a legend alone makes
// the eye go back and forth.
struct CurveEnd {
    size_t curve = 0; // index
    QPointF end{}; // of the curve
    StageLabel name{};
};

// What the names take right of the plot, px; 0 where there are none.
double endNamesWidth(const TimeSource &source, const Theme &theme);
// None where fewer than two curves are compared with ours, or where the plot is too low for a line each. Right of the
// ends, in the curves' order from top to bottom, clear of each other.
std::vector<CurveEnd> curveEndsOf(const TimePicture &picture, size_t chart, const Theme &theme);
// Of all charts; and, in those in which nothing was ever counted, that it was so: they would look broken.
void paintChartNotes(QPainter &painter, const TimePicture &picture, const Theme &theme);

} // namespace widgets
