// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend/stage_legend.h"

#include <QPainter>

namespace widgets {

std::vector<LegendSign> legendOf(const StageScene &scene)
{
    std::vector<LegendSign> signs = scene.legend();
    signs.push_back({Sign::Next});
    signs.push_back({Sign::Lit});
    for (LegendSign &sign : signs)
        if (sign.words.isEmpty())
            sign.words = commonWords(sign.sign);
    return signs;
}

void paintSign(QPainter &painter, const LegendSign &sign, const QRectF &box, const Theme &theme)
{
    if (sign.sign != Sign::Own)
        return paintSign(painter, sign.sign, box, theme);
    painter.save();
    sign.paint(painter, box, theme);
    painter.restore();
}

} // namespace widgets
