// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_axis.h"

#include <QRectF>

class QPainter;

namespace widgets {

// The bars of `data` over `plot`. Where there is room each call is a block of its own with the shape of its outcome in
// it; else a bar has a part for each outcome. Those that end left of `from` are left out.
void paintBars(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme,
               double from = 0);
// What lies below the lines of a chart that fills them: what succeeds plain, what is for nobody hatched.
void paintAreas(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme);
// A band behind each rush, with its name where that fits.
void paintRushes(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot,
                 const Theme &theme);

} // namespace widgets
