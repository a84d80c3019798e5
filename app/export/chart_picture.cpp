// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/chart_picture.h"

#include "widgets/time/chart_ends.h"
#include "widgets/time/time_chart.h"
#include "widgets/time/time_picture.h"

#include <QPainter>

namespace app {

void paintChart(QPainter &painter, const widgets::sim::ChartSpec &chart, const widgets::TimeSource &source, QSizeF size,
                const widgets::Theme &theme)
{
    widgets::TimePictureRequest request;
    request.size = size;
    request.charts = {&chart};
    request.pixelRatio = 8; // paper is finer than a screen
    request.range = {{resilience::kTimeZero, source.frontier}};
    request.axisTitle = true;
    const widgets::TimePicture picture = widgets::timePictureOf(source, request, theme);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::paintLanes(painter, picture.lanes, picture.layout, theme);
    widgets::TimeChart curves;
    for (size_t i = 0; i < picture.charts.size(); ++i)
        widgets::paintChartRow(painter, curves, picture, i, true, theme);
    widgets::paintChartNotes(painter, picture, theme);
    widgets::paintDifference(painter, picture, theme);
    widgets::paintTicks(painter, picture.axis, picture.layout, theme);
    if (source.now < source.frontier)
        widgets::paintCursor(painter, picture, {.veiled = false}, theme);
    painter.restore();
}

} // namespace app
