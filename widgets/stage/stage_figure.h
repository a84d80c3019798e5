// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QPointF>
#include <QRectF>
#include <QStringList>

#include <vector>

class QPainter;

namespace widgets {

// The one number that is the point of a step, under what it says: "fast service succeeds" and "54 %".
struct StageFigure {
    StageLabel caption{};
    StageLabel number{};

    std::vector<StageLabel> labels() const { return {caption, number}; }
    QRectF rect() const { return caption.rect.united(number.rect); }
};

double stageFigureHeight(const Theme &theme);
// `caption` and `number` in several lengths, the longest first; `color` is the Hue::text of what the number means.
StageFigure layoutStageFigure(const QStringList &caption, const QStringList &number, const QColor &color,
                              const Theme &theme, QPointF topLeft, double width);
void paintStageFigure(QPainter &painter, const StageFigure &figure);

} // namespace widgets
