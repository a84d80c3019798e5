// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_figure.h"

#include "widgets/lanes_scene.h"
#include "widgets/time_chart.h"
#include "widgets/time_picture.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

void paintTimeFigure(QPainter &painter, const QRectF &target, const std::vector<ChartKind> &charts, const TimeSource &source,
                     const Theme &theme)
{
    TimePictureRequest request;
    request.size = target.size();
    request.charts = charts;
    const TimePicture picture = timePictureOf(source, request, theme);
    painter.save();
    painter.translate(target.topLeft());
    for (size_t i = 0; i < picture.charts.size(); ++i) {
        TimeChart chart;
        paintChartRow(painter, chart, picture, i, true, theme);
    }
    paintLanes(painter, picture.lanes, picture.layout, theme);
    paintTicks(painter, picture.axis, picture.layout, theme);
    painter.restore();
}

double timeFigureHeight(const std::vector<ChartKind> &charts, const TimeSource &source, const Theme &theme)
{
    const size_t lanes = std::min(source.states.size(), kMostStateLanes);
    return comfortableHeight({{}, lanes, 1, charts.size(), 0}, theme);
}

} // namespace widgets
