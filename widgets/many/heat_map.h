// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

class QPainter;

// What many runs come to, across one knob and up another, as cells with their values. By lightness alone, so that it
// can be told by everybody and on every printer.
namespace widgets {

struct HeatMap {
    QString across; // what changes from left to right
    QString up; // ... and from the bottom to the top
    QStringList columns; // from the left
    QStringList rows; // from the bottom
    std::vector<std::optional<double>> values; // row by row; none = not there yet, or nothing to tell
    QStringList texts; // of the values
    QString scale; // what the values are
    QString worst; // the ends of the scale in words
    QString best;
    double worstValue = 0;
    double bestValue = 1;
    std::optional<double> contour; // a line where the values as written pass it
    QString contourWord;
    std::optional<size_t> chosen; // the run that is open is one of these
    std::optional<size_t> asItComes; // as the scenario has it

    size_t cells() const { return static_cast<size_t>(columns.size() * rows.size()); }
    bool operator==(const HeatMap &) const = default;
};

struct HeatMapLayout {
    QRectF area; // of all cells
    QSizeF cell;
    double left = 0; // of everything, the names of rows included
    double legend = 0; // x of the legend; 0 = there is no room for one
    bool withTexts = true; // values fit into cells

    QRectF cellAt(const HeatMap &map, size_t index) const;
    // The cell at that place; none beside them.
    std::optional<size_t> indexAt(const HeatMap &map, QPointF place) const;
};
HeatMapLayout layoutHeatMap(const HeatMap &map, const QRectF &room, const Theme &theme);

void paintHeatMap(QPainter &painter, const HeatMap &map, const HeatMapLayout &layout, const Theme &theme);
// The colour of a value: light is best, dark is worst.
QColor heatColor(const HeatMap &map, double value);

} // namespace widgets
