// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stages/limiter/limiter_tape.h"
#include "widgets/stages/limiter/limiter_vessel.h"

#include <QPointF>

#include <vector>

class QPainter;

namespace widgets {

// A call that has just come to the vessel: it takes its token along to its place on the tape, or goes there without.
struct LimiterTaking {
    uint64_t event = 0; // number of its decision
    bool token = false;
    QPointF from{};
    QPointF over{}; // the way bends towards this point
    QPointF to{};
    double share = 0; // 0..1 of the way

    QPointF at() const;
};

// Screen time that it takes, seconds.
inline constexpr double kTakingTime = 0.7;

// Of the first row, at a vessel that tokens are taken from; none while calls come too fast to be followed.
std::vector<LimiterTaking> layoutTakings(const resilience::sim::Snapshot &snapshot, const LimiterVessel &vessel,
                                         const LimiterTape &tape, const Theme &theme);
void paintTakings(QPainter &painter, const std::vector<LimiterTaking> &takings, const LimiterVessel &vessel,
                  const Theme &theme);

} // namespace widgets
