// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_phase.h"
#include "widgets/stage/stage_pile.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// The client, the service, and the wire between them with the physical switch. The breaker decides at the moment of
// the call, and so the way to the switch takes no time; the wire behind the switch is the network. Answers come back
// on a lane of their own below the wire, for an open switch does not stop them.
struct BreakerWire {
    StageBox client;
    StageBox service; // its row: the calls it is working on
    QPointF clientPort;
    QPointF leftContact; // where a call is turned away
    QPointF rightContact; // where a permitted call sets out, and its answer is counted
    QPointF servicePort;
    double laneY = 0; // of the answers
    StageLabel laneName{};
    double dotRadius = 0;
    QRectF switchArea;
    std::vector<StagePile> heaps;
    std::vector<StageLabel> rates; // shown instead of dots
};

// How high it is at least, with one or two rows of pieces on the heap, and above which height it gains nothing.
double breakerWireHeight(const StageContext &context, bool roomy);
BreakerWire layoutBreakerWire(const StageContext &context, const QRectF &area, bool roomy);
void paintBreakerWire(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase);

} // namespace widgets
