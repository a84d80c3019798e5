// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPointF>
#include <QString>

class QPainter;

// Text whose digits all take the same width, so that a number that ticks does not tremble. (Qt can switch on a font's
// own tabular figures only from 6.7 on.)
namespace widgets {

// The width `text` takes, in px.
double tabularWidth(const QFont &font, QStringView text);
// Draws with the painter's pen; `baseline` is the left end of the base line.
void drawTabular(QPainter &painter, QPointF baseline, const QFont &font, QStringView text);

} // namespace widgets
