// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_axis.h"

#include <QRectF>

class QPainter;

namespace widgets {

// What nine in ten of many runs were like, as an area behind the curves. Its median is one of these.
void paintBand(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme);

} // namespace widgets
