// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_data.h"
#include "widgets/theme.h"
#include "widgets/time_source.h"

#include <QRectF>

#include <vector>

class QPainter;

// The time axis as a figure for a file, a printer or the clipboard: the whole run, without cursor. In vectors, without
// clipping, and not larger however long the run. `target` is in px; give the painter the scale.
namespace widgets {

// Lanes, the charts below each other, and the axis. The ground is left as it is.
void paintTimeFigure(QPainter &painter, const QRectF &target, const std::vector<ChartKind> &charts, const TimeSource &source,
                     const Theme &theme);
// The height at which such a figure looks right.
double timeFigureHeight(const std::vector<ChartKind> &charts, const TimeSource &source, const Theme &theme);

} // namespace widgets
