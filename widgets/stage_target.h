// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"

#include <QPainterPath>
#include <QRectF>

#include <cstdint>

namespace widgets {

// Something on a stage that can be pointed at, asked about and clicked.
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
    StageTarget target;
    QRectF area;
    QPainterPath curve;
    bool primary = true; // a stop for the Tab key; the others are reached with the arrow keys

    bool contains(QPointF point, double slack) const;
};

} // namespace widgets
