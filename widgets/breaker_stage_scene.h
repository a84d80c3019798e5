// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/breaker_bubbles.h"
#include "widgets/breaker_flights.h"
#include "widgets/breaker_header.h"
#include "widgets/breaker_outcome_row.h"
#include "widgets/breaker_wire.h"
#include "widgets/stage_phase.h"
#include "widgets/stage_target.h"

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
    BreakerHeader header;
    BreakerWire wire;
    BreakerFlights flights;
    std::optional<BreakerBubbles> bubbles;
    std::optional<BreakerOutcomeRow> row;
    std::vector<StageHit> hits; // in the order of the Tab key; where they overlap, the later one lies on top
    QRectF next; // around the box the next event is about, while paused; empty when there is none

    // Every text on the stage.
    std::vector<StageLabel> labels() const;
    const StageHit *find(const StageTarget &target) const;
};
inline constexpr QSizeF kSmallestStage{300, 200};

// `client` must exist in the snapshot.
BreakerStageLayout layoutBreakerStage(const resilience::sim::Snapshot &snapshot, QSizeF size, const Theme &theme,
                                      uint32_t client = 0);

// The card the stage stands on. Exports without a background leave it out.
void paintStageCard(QPainter &painter, QSizeF size, const Theme &theme, bool paused);
// The stage itself. `layout` must have been made from the same snapshot and theme.
void paintBreakerStage(QPainter &painter, const BreakerStageLayout &layout, const resilience::sim::Snapshot &snapshot,
                       const Theme &theme, const StagePhase &phase);

StageTarget hitTest(const BreakerStageLayout &layout, QPointF point);

} // namespace widgets
