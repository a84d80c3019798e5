// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"

#include <QPainterPath>
#include <QRectF>

#include <cstdint>
#include <vector>

namespace widgets {

// Something on a stage that can be pointed at, asked about, clicked and perhaps moved. Keyboard focus, hovering and
// dragging follow a target from frame to frame, so it must stay equal while it stands for the same thing.
struct StageTarget {
    enum class Kind : uint8_t {
        None,
        Client, // id = index
        Service, // id = index
        Switch, // id = index of the client
        RejectionPile, // id = the cause, a RequestOutcome
        StateBubble, // from = the state
        Arrow, // from, to
        RecentOutcome, // id = number of its event
        Request, // id = the request's
        Event, // id = number of the event that this stands for
        Policy, // the rest mean what their scene says: id = which policy, node, lane, slot ...
        Node,
        Lane,
        Slot,
        Part, // ... or whatever else
    };
    Kind kind = Kind::None;
    uint64_t id = 0;
    resilience::BreakerState from = resilience::BreakerState::Closed;
    resilience::BreakerState to = resilience::BreakerState::Closed;

    explicit operator bool() const { return kind != Kind::None; }
    bool operator==(const StageTarget &) const = default;

    static StageTarget bubble(resilience::BreakerState state) { return {Kind::StateBubble, 0, state, state}; }
    static StageTarget arrow(resilience::BreakerState from, resilience::BreakerState to)
    {
        return {Kind::Arrow, 0, from, to};
    }
};

// Where a target is: inside `area`, or near `curve` if there is one.
struct StageHit {
    StageTarget target{};
    QRectF area{};
    QPainterPath curve{};
    bool primary = true; // a stop for the Tab key; the others are reached with the arrow keys
    bool round = false; // its outline is a circle or a capsule
    uint64_t event = 0; // number of the event it stands for, where the target does not say; 0 = none

    bool contains(QPointF point, double slack) const;
    // Number of the event it stands for: its own, or that of an Event or RecentOutcome target; 0 = none.
    uint64_t standsFor() const;
};

// In the order of the Tab key; where hits overlap, the later one lies on top.
using StageHits = std::vector<StageHit>;

StageTarget hitTest(const StageHits &hits, QPointF point);
// The first hit of this target; null when it is not there.
const StageHit *findHit(const StageHits &hits, const StageTarget &target);
// The first hit that stands for this event; null when there is none.
const StageHit *findEvent(const StageHits &hits, uint64_t event);

// A square area around a point.
QRectF areaAround(QPointF centre, double radius);

} // namespace widgets
