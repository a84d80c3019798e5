// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/many/run_dots.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_label.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

double valuePlace(const RunDots &dots, double value, const QRectF &plot)
{
    const double span = dots.most - dots.least;
    const double share = span == 0 ? 0.5 : std::clamp((value - dots.least) / span, 0.0, 1.0);
    return plot.left() + share * plot.width();
}

// How many fell into each of so many columns.
std::vector<size_t> heightsOf(const RunDots &dots, size_t columns, const QRectF &plot)
{
    std::vector<size_t> heights(columns);
    for (const auto &value : dots.values)
        if (value) {
            const double share = (valuePlace(dots, *value, plot) - plot.left()) / plot.width();
            ++heights[std::min(columns - 1, static_cast<size_t>(share * static_cast<double>(columns)))];
        }
    return heights;
}

} // namespace

std::optional<size_t> RunDotsLayout::indexAt(QPointF place) const
{
    std::optional<size_t> nearest;
    double least = std::max(6.0, radius * 2);
    for (size_t i = 0; i < dots.size(); ++i) {
        if (!dots[i])
            continue;
        const double distance = std::hypot(dots[i]->x() - place.x(), dots[i]->y() - place.y());
        if (distance <= least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

RunDotsLayout layoutRunDots(const RunDots &dots, const QRectF &room, const Theme &theme)
{
    RunDotsLayout layout;
    layout.plot = room.adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(34));
    layout.dots.resize(dots.values.size());
    if (layout.plot.width() <= 0 || layout.plot.height() <= 0)
        return layout;
    // As large as the highest pile lets them be, with room above for the name of the open run.
    const double highest = std::max(1.0, layout.plot.height() - theme.px(18));
    double size = theme.px(9);
    for (; size > 1; size *= 0.85) {
        const auto columns = std::max<size_t>(1, static_cast<size_t>(layout.plot.width() / size));
        const auto heights = heightsOf(dots, columns, layout.plot);
        if (static_cast<double>(*std::max_element(heights.begin(), heights.end())) * size <= highest)
            break;
    }
    const auto columns = std::max<size_t>(1, static_cast<size_t>(layout.plot.width() / size));
    layout.radius = size * 0.42;
    std::vector<size_t> heights(columns);
    for (size_t i = 0; i < dots.values.size(); ++i) {
        if (!dots.values[i])
            continue;
        const double share =
            (valuePlace(dots, *dots.values[i], layout.plot) - layout.plot.left()) / layout.plot.width();
        const size_t column = std::min(columns - 1, static_cast<size_t>(share * static_cast<double>(columns)));
        const double width = layout.plot.width() / static_cast<double>(columns);
        layout.dots[i] = QPointF(layout.plot.left() + (static_cast<double>(column) + 0.5) * width,
                                 layout.plot.bottom() - (static_cast<double>(heights[column]++) + 0.5) * size);
    }
    return layout;
}

void paintRunDots(QPainter &painter, const RunDots &dots, const RunDotsLayout &layout, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.quietLine, 1));
    painter.drawLine(layout.plot.bottomLeft(), layout.plot.bottomRight());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.control.line);
    for (const auto &dot : layout.dots)
        if (dot)
            painter.drawEllipse(*dot, layout.radius, layout.radius);
    const QFont font = theme.font(TextSize::Label);
    const double numbers = layout.plot.bottom() + theme.px(12);
    paintLabel(painter, leftAt(makeLabel(dots.leastText, font, theme.quietInk), layout.plot.left(), numbers));
    paintLabel(painter, rightAt(makeLabel(dots.mostText, font, theme.quietInk), layout.plot.right(), numbers));
    paintLabel(painter, centredAt(fitLabel({dots.title}, layout.plot.width(), font, theme.quietInk),
                                  QPointF(layout.plot.center().x(), numbers + theme.px(15))));
    if (dots.own) {
        const double x = valuePlace(dots, *dots.own, layout.plot);
        painter.setPen(QPen(theme.ink, theme.px(1.5)));
        painter.drawLine(QPointF(x, layout.plot.top()), QPointF(x, layout.plot.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ink);
        painter.drawEllipse(QPointF(x, layout.plot.bottom()), theme.px(4), theme.px(4));
        const StageLabel label =
            makeLabel(ChartsTr::tr("this run"), theme.font(TextSize::Label, QFont::DemiBold), theme.ink);
        const bool right = x + theme.px(8) + label.rect.width() <= layout.plot.right();
        const double y = layout.plot.top() + theme.px(7);
        const StageLabel placed = right ? leftAt(label, x + theme.px(6), y) : rightAt(label, x - theme.px(6), y);
        painter.setBrush(theme.card);
        painter.drawRect(placed.rect.adjusted(-2, 0, 2, 0));
        paintLabel(painter, placed);
    }
    painter.restore();
}

} // namespace widgets
