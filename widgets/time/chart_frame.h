// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_bands.h"
#include "widgets/time/time_layout.h"

#include <QString>

class QPainter;

// What surrounds the curves of a chart: bands and grid behind them, numbers, name and legend beside them.
namespace widgets {

// "outcomes", "latency", "load": of a chart in menus and in the titles of pictures.
QString chartName(const sim::ChartSpec &chart);

// Where the legend begins: right of the title, which may be a control with an arrow.
double legendLeft(const ChartData &data, const TimeLayout &layout, const Theme &theme);
// How many lines the legend takes beside the title, in a chart as wide as the layout's.
size_t legendRows(const ChartData &data, const TimeLayout &layout, const Theme &theme);

// State and fault bands, then the grid.
void paintChartGround(QPainter &painter, const ChartData &data, const std::vector<StateBand> &states,
                      const std::vector<FaultBand> &faults, const QRectF &plot, const Theme &theme);
// The numbers of the y axis and the legend; the title too unless a control stands there.
void paintChartFrame(QPainter &painter, const ChartData &data, const TimeLayout::Chart &chart, const TimeLayout &layout,
                     bool withTitle, const Theme &theme);

} // namespace widgets
