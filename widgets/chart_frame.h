// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_data.h"
#include "widgets/theme.h"
#include "widgets/time_bands.h"
#include "widgets/time_layout.h"

#include <QString>

class QPainter;

// What surrounds the curves of a chart: bands and grid behind them, numbers, name and legend beside them.
namespace widgets {

// "outcomes", "latency", "load": of a chart in menus; "calls/s", "latency, ms", "load, /s" in its gutter.
QString chartName(ChartKind kind);
QString chartTitle(const ChartData &data);
// "succeeded", "timed out", "mean": in legend and readout.
QString curveWord(const Curve &curve);
// "0.4 calls/s", with as many digits as the axis makes sense of.
QString readingText(double value, const ChartData &data);

// The sign of a curve, in a box of `height` whose left middle is `at`: its shape and a piece of its stroke, or,
// `brief`, the shape alone where it has one. Returns its width; draws nothing without a painter.
double paintCurveSign(QPainter *painter, CurveKind kind, QPointF at, bool brief, const Theme &theme);

// State and fault bands, then the grid.
void paintChartGround(QPainter &painter, const ChartData &data, const std::vector<StateBand> &states,
                      const std::vector<FaultBand> &faults, const QRectF &plot, const Theme &theme);
// The numbers of the y axis and the legend; the name too unless a control stands there.
void paintChartFrame(QPainter &painter, const ChartData &data, const TimeLayout::Chart &chart, const TimeLayout &layout,
                     bool withName, const Theme &theme);

} // namespace widgets
