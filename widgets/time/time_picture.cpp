// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_picture.h"

#include "widgets/look/time_text.h"
#include "widgets/stage/stage_label.h"
#include "widgets/time/chart_band.h"
#include "widgets/time/chart_bars.h"
#include "widgets/time/chart_ends.h"
#include "widgets/time/chart_frame.h"
#include "widgets/time/time_chart.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

size_t rowsIn(const std::vector<FaultBand> &bands)
{
    size_t rows = 1;
    for (const FaultBand &band : bands)
        rows = std::max(rows, band.row + 1);
    return rows;
}

} // namespace

bool TimePicture::looksLike(const TimePicture &other) const
{
    return cursor == other.cursor && nowInSight == other.nowInSight && frontier == other.frontier
           && difference == other.difference && differenceText == other.differenceText && layout == other.layout
           && axis == other.axis && lanes == other.lanes && charts == other.charts;
}

TimePicture timePictureOf(const TimeSource &source, const TimePictureRequest &request, const Theme &theme)
{
    TimePicture picture;
    TimeLayoutRequest wanted{request.size, 0, 0, request.charts.size(), 1, nameWidth(source, theme), request.axisTitle};
    wanted.endWidth = endNamesWidth(source, theme);
    if (request.lanes) {
        wanted.stateLanes = stateLanesOf(source);
        wanted.faultRows = 1;
    }
    picture.layout = layoutTime(wanted, theme);
    const TimeRange range =
        request.range.value_or(TimeRange{resilience::kTimeZero, visibleEnd(source.until, source.frontier)});
    picture.axis = TimeAxis(range.from, range.to, picture.layout.axisLeft, picture.layout.axisRight);
    // A device pixel is the grain of everything: between two of them nothing is worked out or painted again.
    const auto onPixel = [&](Time t) {
        return std::floor(picture.axis.clampedX(t) * request.pixelRatio) / request.pixelRatio;
    };
    picture.now = source.now;
    picture.cursor = onPixel(source.now);
    picture.frontier = onPixel(source.frontier);
    picture.played = source.frontier > range.to ? range.to : picture.axis.timeAt(picture.frontier);
    picture.nowInSight = source.now >= range.from && source.now <= range.to;

    if (const auto apart = source.beside ? source.beside->firstDifference : std::nullopt;
        apart && *apart >= range.from && *apart <= range.to) {
        picture.difference = onPixel(*apart);
        picture.differenceText = QCoreApplication::translate("TimePanel", "first difference %1")
                                     .arg(timeText(*apart, range.to.time_since_epoch(), picture.axis.span() / 1000));
    }

    const size_t stateLanes = request.lanes ? picture.layout.states.size() : kMostStateLanes;
    picture.lanes = lanesOf(source, picture.axis, picture.played, kMostFaultRows, stateLanes);
    if (const size_t rows = rowsIn(picture.lanes.faults); request.lanes && rows > 1) {
        wanted.faultRows = rows;
        picture.layout = layoutTime(wanted, theme);
        if (picture.layout.faults.size() < rows)
            picture.lanes = lanesOf(source, picture.axis, picture.played, picture.layout.faults.size(), stateLanes);
    }
    for (size_t i = 0; i < picture.layout.charts.size(); ++i) {
        const sim::ChartSpec *chart = request.charts[(request.firstChart + i) % request.charts.size()];
        picture.charts.push_back(chartDataOf(source, {chart, picture.axis, picture.played, source.frontier}));
        wanted.legendRows = std::max(wanted.legendRows, legendRows(picture.charts.back(), picture.layout, theme));
    }
    if (wanted.legendRows > 1) { // fewer charts may fit now
        picture.layout = layoutTime(wanted, theme);
        picture.charts.resize(std::min(picture.charts.size(), picture.layout.charts.size()));
    }
    return picture;
}

QRectF chartArea(const TimeLayout &layout, size_t index)
{
    const TimeLayout::Chart &chart = layout.charts[index];
    const double bottom = std::ceil(chart.plot.bottom() + 8); // half a number, or a stroke, hangs below
    return QRectF(0, chart.header.top(), layout.size.width(), bottom - chart.header.top());
}

void paintPlot(QPainter &painter, TimeChart &chart, const TimePicture &picture, size_t index, const Theme &theme,
               double from)
{
    const QRectF &plot = picture.layout.charts[index].plot;
    static const std::vector<StateBand> none;
    // Of several breakers none colours the ground: it would seem to be that of all curves.
    const auto &states = picture.lanes.ownStates() == 1 ? picture.lanes.states.front().bands : none;
    painter.save();
    constexpr double over = TimeChart::kOverhang;
    if (from > 0)
        painter.setClipRect(plot.adjusted(from - plot.left(), -over, over, over));
    paintRushes(painter, picture.charts[index], picture.axis, plot, theme);
    paintChartGround(painter, picture.charts[index], states, picture.lanes.faults, plot, theme);
    paintBand(painter, picture.charts[index], picture.axis, plot, theme);
    paintAreas(painter, picture.charts[index], picture.axis, plot, theme);
    painter.restore();
    paintBars(painter, picture.charts[index], picture.axis, plot, theme, from);
    chart.paint(painter, picture.charts[index], picture.axis, plot, theme, from);
}

void paintChartRow(QPainter &painter, TimeChart &chart, const TimePicture &picture, size_t index, bool withTitle,
                   const Theme &theme)
{
    paintPlot(painter, chart, picture, index, theme);
    paintChartFrame(painter, picture.charts[index], picture.layout.charts[index], picture.layout, withTitle, theme);
}

void paintTimeLine(QPainter &painter, double x, double top, const QPen &pen, const TimeLayout &layout)
{
    const auto fill = [&](double from, double to) {
        painter.fillRect(QRectF(x - pen.widthF() / 2, from, pen.widthF(), to - from), pen.color());
    };
    // Not through the legends: a line across a word makes it hard to read.
    for (const TimeLayout::Chart &chart : layout.charts) {
        fill(top, chart.header.top());
        top = chart.plot.top();
    }
    fill(top, layout.ticks.top());
}

void paintDifference(QPainter &painter, const TimePicture &picture, const Theme &theme)
{
    if (!picture.difference || picture.layout.charts.empty())
        return;
    painter.save();
    const double x = *picture.difference + 0.5;
    const QRectF &first = picture.layout.charts.front().plot;
    const QRectF &last = picture.layout.charts.back().plot;
    painter.setPen(QPen(theme.ink, theme.px(1.25), Qt::DotLine));
    painter.drawLine(QPointF(x, picture.layout.strip.bottom()), QPointF(x, picture.layout.charts.front().header.top()));
    painter.drawLine(QPointF(x, first.top()), QPointF(x, last.bottom()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ink);
    const double half = theme.px(5);
    painter.drawPolygon(QPolygonF({QPointF(x, last.bottom() - half), QPointF(x + half, last.bottom()),
                                   QPointF(x, last.bottom() + half), QPointF(x - half, last.bottom())}));
    const StageLabel label = makeLabel(picture.differenceText, theme.font(TextSize::Axis, QFont::DemiBold), theme.card);
    const double pad = theme.px(5);
    const double width = label.rect.width() + 2 * pad;
    const bool fitsLeft = x - theme.px(4) - width >= first.left();
    const QRectF pill(fitsLeft ? x - theme.px(4) - width : x + theme.px(4), first.top() + theme.px(1), width,
                      theme.px(17));
    painter.drawRoundedRect(pill, theme.px(3), theme.px(3));
    paintLabel(painter, centredAt(label, pill.center()));
    painter.restore();
}

void paintCursor(QPainter &painter, const TimePicture &picture, const CursorLook &look, const Theme &theme)
{
    painter.save();
    const TimeLayout &layout = picture.layout;
    QColor veil = theme.card;
    veil.setAlphaF(0.6F);
    if (look.veiled && picture.frontier > picture.cursor) {
        const auto cover = [&](const QRectF &rect, double right) {
            painter.fillRect(QRectF(QPointF(picture.cursor, rect.top()), QPointF(right, rect.bottom())), veil);
        };
        for (const QRectF &lane : layout.states)
            cover(lane, layout.size.width());
        for (const QRectF &row : layout.faults)
            cover(row, layout.size.width());
        paintVeiledWords(painter, picture.lanes, layout, theme, picture.cursor);
        constexpr double over = TimeChart::kOverhang;
        for (const TimeLayout::Chart &chart : layout.charts)
            cover(chart.plot.adjusted(0, -over, 0, over), picture.frontier + over);
    }
    if (!picture.nowInSight)
        return painter.restore();
    const double width = std::max(1.0, std::round(theme.px(1.5)));
    const QColor color = look.focused ? theme.control.line : theme.ink;
    const double half = theme.px(6);
    paintTimeLine(painter, picture.cursor, layout.strip.top() + half, QPen(color, width), layout);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double top = layout.strip.top() + 1;
    painter.drawPolygon(QPolygonF({QPointF(picture.cursor - half, top), QPointF(picture.cursor + half, top),
                                   QPointF(picture.cursor, top + theme.px(8))}));
    painter.restore();
}

} // namespace widgets
