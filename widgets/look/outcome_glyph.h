// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/parts/traffic/request.h"
#include "widgets/look/theme.h"

#include <QPainterPath>
#include <QPointF>

class QPainter;

// The little shapes that stand for calls, the same in stage, legend, log and chart. Shape repeats colour, so that they
// can be told apart without it: succeeded = disc, failed = spiked star, timed out = hollow disc, short-circuited =
// diamond, rejected = square, throttled = triangle. All are drawn around a centre, inside a circle of `radius` px.
namespace widgets {

QPainterPath outcomeShape(resilience::sim::RequestOutcome outcome, QPointF centre, double radius);
void paintOutcome(QPainter &painter, resilience::sim::RequestOutcome outcome, QPointF centre, double radius,
                  const Theme &theme);

// What a call on its way looks like.
enum class FlightLook : uint8_t {
    Out, // filled
    Back, // hollow: a good answer
    BackFailed, // a star: the answer is an error
    Abandoned, // drained: its client has given up
};
void paintFlight(QPainter &painter, FlightLook look, QPointF centre, double radius, const Theme &theme);
// A call inside the service; `done` 0..1 is how much of its time is over.
void paintServing(QPainter &painter, QPointF centre, double radius, double done, bool abandoned, const Theme &theme);
// The ring around a trial call.
void paintTrialRing(QPainter &painter, QPointF centre, double radius, const Theme &theme);

} // namespace widgets
