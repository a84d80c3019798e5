// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_source.h"

#include <QSizeF>

class QPainter;

namespace app {

// One chart of a run by itself: lanes, curves, axes and legend, over all that was played, within (0, 0, size). When the
// run stands at an earlier moment, a line marks it.
void paintChart(QPainter &painter, const widgets::sim::ChartSpec &chart, const widgets::TimeSource &source, QSizeF size,
                const widgets::Theme &theme);

} // namespace app
