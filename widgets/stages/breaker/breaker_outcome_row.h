// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_phase.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// The latest calls that were sent, the newest on the right, and which of them the breaker's rule looks at: the unbroken
// run of failures behind the trip line, the window, or the trials.
struct BreakerOutcomeRow {
    struct Piece {
        resilience::sim::RecentEnd end;
        QPointF at{};
        double radius = 0;
        bool counts = false; // the rule looks at it
        double fresh = 0; // 1 = has just come in ... 0
    };
    StageLabel heading{};
    std::vector<Piece> pieces;
    StageLabel verdict{};
    QRectF bracket{}; // under the pieces that count; empty when there are none
    bool openEnded = false; // the bracket goes on beyond the left end of the row
    bool tripLine = false; // a run: the line before its first failure
    bool tripped = false;
};

double breakerOutcomeRowHeight(const StageContext &context);
BreakerOutcomeRow layoutBreakerOutcomeRow(const StageContext &context, const QRectF &area);
void paintBreakerOutcomeRow(QPainter &painter, const BreakerOutcomeRow &row, const StageContext &context,
                            const StagePhase &phase);

} // namespace widgets
