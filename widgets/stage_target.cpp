// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage_target.h"

#include <QLineF>

namespace widgets {

bool StageHit::contains(QPointF point, double slack) const
{
    if (curve.isEmpty())
        return area.contains(point);
    constexpr int kSamples = 32;
    for (int i = 0; i <= kSamples; ++i)
        if (QLineF(curve.pointAtPercent(i / double(kSamples)), point).length() <= slack)
            return true;
    return false;
}

} // namespace widgets
