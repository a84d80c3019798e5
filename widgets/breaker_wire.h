// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage_context.h"
#include "widgets/stage_label.h"
#include "widgets/stage_phase.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// What the breaker turned away, by cause.
struct RejectionHeap {
    resilience::sim::RequestOutcome cause = resilience::sim::RequestOutcome::ShortCircuited;
    uint64_t count = 0;
    uint64_t falling = 0; // of them still on their way from the switch
    QPointF first{}; // centre of the first piece; the others follow to the right, then in the row above
    double pitch = 0;
    double radius = 0;
    uint64_t columns = 1;
    uint64_t rows = 1;
    StageLabel label{};

    // The place of the n-th piece, from 0; those beyond the last place share it.
    QPointF place(uint64_t n) const;
    QRectF area() const;
};

// The client, the service, and the wire between them with the physical switch. The breaker decides at the moment of
// the call, and so the way to the switch takes no time; the wire behind the switch is the network. Answers come back
// on a lane of their own below the wire, for an open switch does not stop them.
struct BreakerWire {
    QRectF client{};
    QRectF service{};
    std::vector<StageLabel> labels; // of both boxes
    QPointF clientPort;
    QPointF leftContact; // where a call is turned away
    QPointF rightContact; // where a permitted call sets out, and its answer is counted
    QPointF servicePort;
    double laneY = 0; // of the answers
    StageLabel laneName{};
    double dotRadius = 0;
    QRectF serving{}; // inside the service: the calls it is working on
    QRectF switchArea;
    std::vector<RejectionHeap> heaps;
    std::vector<StageLabel> rates; // shown instead of dots
};

// How high it is at least, with one or two rows of pieces on the heap, and above which height it gains nothing.
double breakerWireHeight(const StageContext &context, bool roomy);
BreakerWire layoutBreakerWire(const StageContext &context, const QRectF &area, bool roomy);
void paintBreakerWire(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase);

} // namespace widgets
