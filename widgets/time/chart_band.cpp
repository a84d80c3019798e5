// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_band.h"

#include <QPainter>
#include <QPainterPath>

namespace widgets {

namespace {

// Over [begin, end) of the steps, which follow each other without a gap.
QPainterPath areaOver(const ChartData &data, size_t begin, size_t end, const TimeAxis &axis, const QRectF &plot)
{
    const auto y = [&](double value) { return plot.bottom() - value / data.top * plot.height(); };
    const auto x = [&](double seconds) { return axis.clampedX(resilience::at(resilience::fromSeconds(seconds))); };
    QPainterPath path(QPointF(x(data.band[begin].from), y(data.band[begin].high)));
    for (size_t i = begin; i < end; ++i) {
        path.lineTo(x(data.band[i].from), y(data.band[i].high));
        path.lineTo(x(data.band[i].to), y(data.band[i].high));
    }
    for (size_t i = end; i-- > begin;) {
        path.lineTo(x(data.band[i].to), y(data.band[i].low));
        path.lineTo(x(data.band[i].from), y(data.band[i].low));
    }
    path.closeSubpath();
    return path;
}

} // namespace

void paintBand(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme)
{
    painter.save();
    painter.setClipRect(plot, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (size_t begin = 0; begin < data.band.size();) {
        size_t end = begin + 1;
        while (end < data.band.size() && data.band[end].from == data.band[end - 1].to)
            ++end;
        painter.fillPath(areaOver(data, begin, end, axis, plot), bandFill(theme));
        begin = end;
    }
    painter.restore();
}

} // namespace widgets
