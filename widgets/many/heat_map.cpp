// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/many/heat_map.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_label.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <functional>

namespace widgets {

namespace {

constexpr double kLegendWidth = 150; // px at scale 1, as all of these
constexpr double kAxisHeight = 40;
constexpr double kGap = 1; // half of that between two cells

const QColor kDarkest(0x2f, 0x3e, 0x5c);
const QColor kLightest(0xf2, 0xf6, 0xfb);

QFont cellFont(const Theme &theme) { return theme.font(TextSize::Label); }

double rowNamesWidth(const HeatMap &map, const Theme &theme)
{
    const QFontMetricsF metrics(theme.font(TextSize::Label));
    double widest = 0;
    for (const QString &row : map.rows)
        widest = std::max(widest, metrics.horizontalAdvance(row));
    return widest + theme.px(10);
}

bool isAtLeastContour(const HeatMap &map, size_t cell)
{
    const auto &value = map.values[cell];
    // As written, so that the line never contradicts the numbers beside it.
    return value && std::round(*value * 100) >= std::round(*map.contour * 100);
}

// Between two neighbours of which one is on either side of it.
void paintContour(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    const auto columns = static_cast<size_t>(map.columns.size());
    painter.setPen(QPen(theme.ink, theme.px(3), Qt::SolidLine, Qt::SquareCap));
    for (size_t i = 0; i < map.cells(); ++i) {
        const QRectF cell = layout.cellAt(map, i);
        if ((i + 1) % columns != 0 && map.values[i] && map.values[i + 1]
            && isAtLeastContour(map, i) != isAtLeastContour(map, i + 1))
            painter.drawLine(cell.topRight(), cell.bottomRight());
        if (i + columns < map.cells() && map.values[i] && map.values[i + columns]
            && isAtLeastContour(map, i) != isAtLeastContour(map, i + columns))
            painter.drawLine(cell.topLeft(), cell.topRight());
    }
}

void paintCells(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    const double gap = theme.px(kGap);
    for (size_t i = 0; i < map.cells(); ++i) {
        const QRectF cell = layout.cellAt(map, i).adjusted(gap, gap, -gap, -gap);
        if (!map.values[i]) {
            painter.setPen(QPen(theme.hairline, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell, theme.px(2), theme.px(2));
            continue;
        }
        const QColor fill = heatColor(map, *map.values[i]);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(cell, theme.px(2), theme.px(2));
        const QColor ink = contrastRatio(fill, Qt::white) >= 4.5 ? QColor(Qt::white) : QColor(0x1b, 0x24, 0x36);
        if (layout.withTexts)
            paintLabel(painter,
                       centredAt(makeLabel(map.texts[static_cast<qsizetype>(i)], cellFont(theme), ink), cell.center()));
    }
}

void paintMarks(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    if (map.contour)
        paintContour(painter, map, layout, theme);
    if (map.asItComes && *map.asItComes < map.cells()) {
        const QRectF cell = layout.cellAt(map, *map.asItComes);
        const QPointF at = cell.topRight() + QPointF(-theme.px(7), theme.px(7));
        painter.setPen(QPen(Qt::white, theme.px(4)));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, theme.px(3), theme.px(3));
        painter.setPen(QPen(theme.kind == ThemeKind::Dark ? QColor(0x1b, 0x24, 0x36) : theme.ink, theme.px(1.8)));
        painter.drawEllipse(at, theme.px(3), theme.px(3));
    }
    if (map.chosen && *map.chosen < map.cells()) {
        const QRectF cell = layout.cellAt(map, *map.chosen).adjusted(1, 1, -1, -1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, theme.px(5)));
        painter.drawRoundedRect(cell, theme.px(3), theme.px(3));
        painter.setPen(QPen(theme.control.fill, theme.px(3)));
        painter.drawRoundedRect(cell, theme.px(3), theme.px(3));
    }
}

void paintAxes(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    const QFont font = theme.font(TextSize::Label);
    for (qsizetype row = 0; row < map.rows.size(); ++row) {
        const QRectF cell = layout.cellAt(map, static_cast<size_t>(row * map.columns.size()));
        paintLabel(painter, rightAt(makeLabel(map.rows[row], font, theme.ink), layout.area.left() - theme.px(8),
                                    cell.center().y()));
    }
    double free = -1e9;
    for (qsizetype column = 0; column < map.columns.size(); ++column) {
        const QRectF cell = layout.cellAt(map, static_cast<size_t>(column));
        const StageLabel name = centredAt(makeLabel(map.columns[column], font, theme.ink),
                                          QPointF(cell.center().x(), layout.area.bottom() + theme.px(12)));
        if (name.rect.left() < free)
            continue; // of names that do not fit every other one
        paintLabel(painter, name);
        free = name.rect.right() + theme.px(4);
    }
    const QFont title = theme.font(TextSize::Label);
    paintLabel(painter, leftAt(fitLabel({map.across}, layout.area.width(), title, theme.quietInk), layout.area.left(),
                               layout.area.bottom() + theme.px(30)));
    paintLabel(painter, leftAt(fitLabel({map.up}, layout.area.right() - layout.left, title, theme.quietInk),
                               layout.left, layout.area.top() - theme.px(12)));
}

void paintHeatLegend(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    constexpr int steps = 10;
    const QFont font = theme.font(TextSize::Label);
    const double width = theme.px(kLegendWidth - 10);
    double y = layout.area.top() + theme.px(6);
    const auto line = [&](const QString &text, double left) {
        paintLabel(painter, leftAt(fitLabel({text}, layout.legend + width - left, font, theme.ink), left, y));
    };
    line(map.scale, layout.legend);
    y += theme.px(16);
    for (int i = 0; i < steps; ++i)
        painter.fillRect(QRectF(layout.legend + width * i / steps, y, width / steps + 0.5, theme.px(12)),
                         heatColor(map, map.worstValue + (map.bestValue - map.worstValue) * (i + 0.5) / steps));
    painter.setPen(QPen(theme.hairline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(layout.legend, y, width, theme.px(12)));
    y += theme.px(24);
    paintLabel(painter, leftAt(makeLabel(map.worst, font, theme.quietInk), layout.legend, y));
    paintLabel(painter, rightAt(makeLabel(map.best, font, theme.quietInk), layout.legend + width, y));
    const double words = layout.legend + theme.px(30);
    const auto entry = [&](const QString &text, const std::function<void(QPointF)> &sign) {
        y += theme.px(28);
        sign(QPointF(layout.legend + theme.px(11), y));
        line(text, words);
    };
    if (map.contour)
        entry(map.contourWord, [&](QPointF at) {
            painter.setPen(QPen(theme.ink, theme.px(3)));
            painter.drawLine(at - QPointF(theme.px(11), 0), at + QPointF(theme.px(11), 0));
        });
    if (map.chosen)
        entry(ChartsTr::tr("the open run"), [&](QPointF at) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.control.line, theme.px(2.5)));
            painter.drawRoundedRect(QRectF(at.x() - theme.px(10), at.y() - theme.px(7), theme.px(20), theme.px(14)),
                                    theme.px(3), theme.px(3));
        });
    if (map.asItComes)
        entry(ChartsTr::tr("as the scenario is"), [&](QPointF at) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.ink, theme.px(1.8)));
            painter.drawEllipse(at, theme.px(4), theme.px(4));
        });
}

} // namespace

QColor heatColor(const HeatMap &map, double value)
{
    const double span = map.bestValue - map.worstValue;
    return mixed(kLightest, kDarkest, span == 0 ? 1 : std::clamp((value - map.worstValue) / span, 0.0, 1.0));
}

QRectF HeatMapLayout::cellAt(const HeatMap &map, size_t index) const
{
    const auto columns = static_cast<size_t>(map.columns.size());
    const auto row = static_cast<double>(index / columns);
    const auto column = static_cast<double>(index % columns);
    return {area.left() + column * cell.width(), area.bottom() - (row + 1) * cell.height(), cell.width(),
            cell.height()};
}

std::optional<size_t> HeatMapLayout::indexAt(const HeatMap &map, QPointF place) const
{
    if (!area.contains(place) || map.cells() == 0)
        return std::nullopt;
    const auto column = static_cast<qsizetype>((place.x() - area.left()) / cell.width());
    const auto row = static_cast<qsizetype>((area.bottom() - place.y()) / cell.height());
    return static_cast<size_t>(std::clamp<qsizetype>(row, 0, map.rows.size() - 1) * map.columns.size()
                               + std::clamp<qsizetype>(column, 0, map.columns.size() - 1));
}

HeatMapLayout layoutHeatMap(const HeatMap &map, const QRectF &room, const Theme &theme)
{
    HeatMapLayout layout;
    layout.left = room.left();
    if (map.cells() == 0)
        return layout;
    const double names = rowNamesWidth(map, theme);
    const double legend = room.width() > theme.px(430) ? theme.px(kLegendWidth + 20) : 0;
    const double top = room.top() + theme.px(24);
    const double width = std::max(1.0, room.width() - names - legend);
    const double height = std::max(1.0, room.bottom() - theme.px(kAxisHeight) - top);
    layout.cell = QSizeF(std::min(width / static_cast<double>(map.columns.size()), theme.px(90)),
                         std::min(height / static_cast<double>(map.rows.size()), theme.px(48)));
    layout.area = QRectF(room.left() + names, top, layout.cell.width() * static_cast<double>(map.columns.size()),
                         layout.cell.height() * static_cast<double>(map.rows.size()));
    layout.legend = legend > 0 ? layout.area.right() + theme.px(20) : 0;
    const QFontMetricsF metrics(cellFont(theme));
    for (const QString &text : map.texts)
        layout.withTexts = layout.withTexts && metrics.horizontalAdvance(text) + theme.px(6) <= layout.cell.width();
    layout.withTexts = layout.withTexts && metrics.height() <= layout.cell.height();
    return layout;
}

void paintHeatMap(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme)
{
    if (map.cells() == 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintCells(painter, map, layout, theme);
    paintMarks(painter, map, layout, theme);
    paintAxes(painter, map, layout, theme);
    if (layout.legend > 0)
        paintHeatLegend(painter, map, layout, theme);
    painter.restore();
}

} // namespace widgets
