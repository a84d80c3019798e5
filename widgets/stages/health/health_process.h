// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"

#include <QPointF>
#include <QStringList>

#include <optional>

class QPainter;

namespace widgets {

// What a process is, whatever anybody believes of it; the worst that is true of it.
enum class ProcessState : uint8_t { Well, Slow, Failing, Starting, Stuck, Down, Restarting };
struct ProcessTruth {
    ProcessState state = ProcessState::Well;
    std::optional<resilience::Time> since{}; // as far as the recent events tell
    double grown = 1; // while it starts: how much of its usual speed it has, 0..1
    bool operator==(const ProcessTruth &) const = default;
};
ProcessState stateOf(resilience::sim::FaultEffect effect);
ProcessTruth truthOf(const resilience::sim::Snapshot &snapshot, uint32_t service);
// Calls to it come to nothing.
bool isUseless(ProcessState state);

// A node as a process: the body is what it is, the ring what its prober believes.
struct ProcessShape {
    QPointF centre{};
    double ring = 0; // radius
    ProcessTruth truth{};
    resilience::Health believed = resilience::Health::Unknown;
};
void paintProcess(QPainter &painter, const ProcessShape &shape, const Theme &theme);
const Hue &beliefHue(resilience::Health health, const Theme &theme);

namespace words {

QStringList truthText(const ProcessTruth &truth); // "is down since 5.0 s"
QStringList beliefText(resilience::Health health); // "believed healthy"

} // namespace words

} // namespace widgets
