// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/outcome_glyph.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_target.h"

#include <QPointF>
#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// A call on its way, or inside a service.
struct StageDot {
    uint64_t request = 0;
    uint32_t attempt = 1;
    QPointF at{};
    double radius = 0;
    FlightLook look = FlightLook::Out;
    bool trial = false;
    bool serving = false; // inside the service: drawn as a clock running out
    bool abandoned = false;
    double done = 0; // the share of its leg that is over
    bool next = false; // the next event is about it
    StageLabel id{}; // its number, or that of its attempt; empty when there are too many to be told apart
    bool idOnLine = false; // ... stands on a line, which is not to strike it out

    StageHit hit(const Theme &theme) const; // a Request target
};

// 0..1 of the way from legStart to legEnd; 0 when its answer will never come.
double legShare(const resilience::sim::Request &request, resilience::Time now);
// On the straight line it flies along: out from `client` to `service`, back from `service` to `client`.
QPointF legPlace(const resilience::sim::Request &request, resilience::Time now, QPointF client, QPointF service);
// In flight = filled; coming back = hollow; an error coming back = a star; given up on = drained.
FlightLook flightLook(const resilience::sim::Request &request);
// All but its place and its number. `next` is only told while the run is not playing.
StageDot stageDot(const resilience::sim::Request &request, const resilience::sim::Snapshot &snapshot, double radius);
void paintStageDot(QPainter &painter, const StageDot &dot, const Theme &theme);

// Puts calls into a row inside their service, the oldest first, at most `radius` large; those there is no room for are
// taken off, and counted in the label: "+12".
StageLabel placeServed(std::vector<StageDot> &served, const QRectF &row, double radius, double gap, const Theme &theme);

// The outcome of a call or of one attempt, at a point.
struct StageGlyph {
    resilience::sim::RequestOutcome outcome = resilience::sim::RequestOutcome::Succeeded;
    QPointF at{};
    double radius = 0;
    uint64_t event = 0; // number of the event it stands for
    bool trial = false;
    bool slow = false;
    StageLabel badge{}; // the attempt's number, above it

    StageHit hit(const Theme &theme) const; // an Event target; not a stop for the Tab key
};
// `attempt` 0: no badge.
StageGlyph stageGlyph(resilience::sim::RequestOutcome outcome, QPointF at, double radius, uint64_t event,
                      uint32_t attempt, const Theme &theme);
void paintStageGlyph(QPainter &painter, const StageGlyph &glyph, const Theme &theme);

} // namespace widgets
