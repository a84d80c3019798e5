// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_phase.h"
#include "widgets/stages/breaker/breaker_wire.h"

#include <vector>

class QPainter;

namespace widgets {

// Everything on the wire that moves, where it is at the snapshot's moment.
struct BreakerFlights {
    struct Bounce { // a call just turned away
        uint64_t request = 0;
        resilience::sim::RequestOutcome outcome = resilience::sim::RequestOutcome::ShortCircuited;
        QPointF at{};
        QPointF rest{}; // its place on the heap
        double fresh = 0; // 1 at the switch ... 0 on the heap
    };
    struct Return { // an outcome going home, from the breaker to its client
        resilience::sim::RequestOutcome outcome = resilience::sim::RequestOutcome::Succeeded;
        QPointF at{};
        double fresh = 0;
    };
    std::vector<StageDot> dots; // on their way, or being served
    std::vector<Bounce> bounces;
    std::vector<Return> returns;
    StageLabel hidden{}; // "+12": served calls there was no room for
    double radius = 0;
};

// Also tells the wire's heap how many of its pieces are still falling. No dots when they would be too fast to see.
BreakerFlights layoutBreakerFlights(const StageContext &context, BreakerWire &wire);
void paintBreakerFlights(QPainter &painter, const BreakerFlights &flights, const BreakerWire &wire,
                         const StageContext &context, const StagePhase &phase);

} // namespace widgets
