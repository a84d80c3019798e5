// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage_context.h"
#include "widgets/stage_label.h"

#include <QRectF>

class QPainter;

namespace widgets {

// The top of the breaker's stage: the state in words, what decides about the next change, whether the run is paused,
// and what comes next.
struct BreakerHeader {
    StageLabel title;
    StageLabel detail;
    StageLabel notice; // the next event, the first thing to do, or that dots give way to rates
    StageLabel pill; // "PAUSED", with its shape around it
    QRectF pillShape;
    bool pauseBars = false;
    bool pillQuiet = false;
};

double breakerHeaderHeight(const Theme &theme, bool withNotice);
BreakerHeader layoutBreakerHeader(const StageContext &context, const QRectF &area, bool withNotice);
void paintBreakerHeader(QPainter &painter, const BreakerHeader &header, const Theme &theme);

} // namespace widgets
