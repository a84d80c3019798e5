// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_data.h"
#include "widgets/theme.h"
#include "widgets/time_axis.h"

#include <QRectF>

class QPainter;

namespace widgets {

// The bars of `data` over `plot`. Where there is room each call is a block of its own with the shape of its outcome in
// it; else a bar has a part for each outcome. Those that end left of `from` are left out.
void paintBars(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme,
               double from = 0);

} // namespace widgets
