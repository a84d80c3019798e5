// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/hatching.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

void paintHatching(QPainter &painter, const QRectF &area, double spacing)
{
    const double first = std::ceil((area.left() + area.top()) / spacing) * spacing;
    for (double sum = first; sum < area.right() + area.bottom(); sum += spacing) {
        const double top = std::max(area.top(), sum - area.right());
        const double bottom = std::min(area.bottom(), sum - area.left());
        painter.drawLine(QPointF(sum - top, top), QPointF(sum - bottom, bottom));
    }
}

void paintForNobody(QPainter &painter, const QRectF &area, const Theme &theme)
{
    painter.fillRect(area, theme.inset);
    painter.setPen(QPen(theme.quietLine, theme.px(1)));
    paintHatching(painter, area, theme.px(5));
}

} // namespace widgets
