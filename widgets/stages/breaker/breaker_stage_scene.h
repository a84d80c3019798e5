// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_picture.h"
#include "widgets/stages/breaker/beside_strip.h"
#include "widgets/stages/breaker/breaker_bubbles.h"
#include "widgets/stages/breaker/breaker_flights.h"
#include "widgets/stages/breaker/breaker_header.h"
#include "widgets/stages/breaker/breaker_outcome_row.h"
#include "widgets/stages/breaker/breaker_wire.h"

#include <QSizeF>

#include <optional>
#include <vector>

class QPainter;

// The stage of the circuit breaker as pure functions of (snapshot, size, theme, phase): the same for the screen, for
// exports and for tests. No widget, no clock.
namespace widgets {

// Where everything is, in px from the card's top left corner. What there is no room for is left out, the least
// important first; nothing overlaps or leaves the card as long as it is at least kSmallestStage x Theme::scale.
struct BreakerStageLayout {
    QSizeF size;
    QRectF inner; // the card without its margin
    uint32_t client = 0;
    double figure = 1.0;
    StageHeader header;
    BreakerWire wire;
    BreakerFlights flights;
    std::optional<BreakerBubbles> bubbles;
    std::optional<BreakerOutcomeRow> row;
    std::optional<BesideStrip> beside;
    StageHits hits;
    QRectF next; // around the box the next event is about, while paused; empty when there is none

    // Every text on the stage.
    std::vector<StageLabel> labels() const;
    // Everything that must stay clear of everything else.
    std::vector<StageShape> shapes() const;
};

// `client` must exist in the snapshot.
BreakerStageLayout layoutBreakerStage(const resilience::sim::Snapshot &snapshot, QSizeF size, const Theme &theme,
                                      uint32_t client = 0);

// The stage itself. `layout` must have been made from the same snapshot and theme.
void paintBreakerStage(QPainter &painter, const BreakerStageLayout &layout, const resilience::sim::Snapshot &snapshot,
                       const Theme &theme, const StagePhase &phase);

} // namespace widgets
