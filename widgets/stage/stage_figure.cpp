// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_figure.h"

namespace widgets {

namespace {

QFont figureCaptionFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont figureNumberFont(const Theme &theme) { return theme.font(TextSize::Number, QFont::Bold); }

} // namespace

double stageFigureHeight(const Theme &theme)
{
    return lineHeight(figureCaptionFont(theme)) + lineHeight(figureNumberFont(theme));
}

StageFigure layoutStageFigure(const QStringList &caption, const QStringList &number, const QColor &color,
                              const Theme &theme, QPointF topLeft, double width)
{
    const double above = lineHeight(figureCaptionFont(theme));
    const double below = lineHeight(figureNumberFont(theme));
    return {
        leftAt(fitLabel(caption, width, figureCaptionFont(theme), theme.quietInk), topLeft.x(),
               topLeft.y() + above / 2),
        leftAt(fitLabel(number, width, figureNumberFont(theme), color), topLeft.x(), topLeft.y() + above + below / 2)};
}

void paintStageFigure(QPainter &painter, const StageFigure &figure)
{
    paintLabel(painter, figure.caption);
    paintLabel(painter, figure.number);
}

} // namespace widgets
