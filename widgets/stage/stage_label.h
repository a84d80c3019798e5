// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>
#include <QStringList>

class QPainter;

namespace widgets {

// One line of text with its place: made and measured by a layout, painted as it is. Digits are tabular.
struct StageLabel {
    QString text;
    QRectF rect; // as wide and high as the text
    QFont font;
    QColor color;
};

// At (0, 0), measured; no text has no size.
StageLabel makeLabel(const QString &text, const QFont &font, const QColor &color);
// The first of `variants` (longest first) that is at most `width` wide; the last one, elided, if none is. An
// empty text when not even a few letters fit.
StageLabel fitLabel(const QStringList &variants, double width, const QFont &font, const QColor &color);

StageLabel centredAt(StageLabel label, QPointF centre);
// `middle` is the vertical middle of the line.
StageLabel leftAt(StageLabel label, double left, double middle);
StageLabel rightAt(StageLabel label, double right, double middle);

void paintLabel(QPainter &painter, const StageLabel &label);

// Height of a line of this font, in px.
double lineHeight(const QFont &font);

} // namespace widgets
