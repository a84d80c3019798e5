// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// A stretch of recent time on a horizontal scale, with room ahead for the waits that have been decided.
struct RecentAxis {
    resilience::Time from;
    resilience::Time to;
    double left = 0; // px
    double right = 0;

    double xOf(resilience::Time t) const; // not clamped
    double clampedX(resilience::Time t) const;
    resilience::Duration span() const { return to - from; }
};
// Ends ahead of `now`; begins at the start of the run at the earliest.
RecentAxis recentAxis(const resilience::sim::Snapshot &snapshot, double left, double right);
// The seconds of an axis, in a line below `top`, as many as there is room for.
void addSecondTicks(std::vector<StageLabel> &ticks, const RecentAxis &axis, const Theme &theme, double top);

struct RetryWait {
    uint64_t event = 0; // its RetryPlanned
    uint32_t lane = 0;
    QRectF band; // where it may end; empty without jitter
    QRectF bar; // the wait that was drawn
    QRectF left; // what is left of it; empty when it is over
};
struct RetryFlight { // from sending an attempt to knowing how it ended
    uint64_t request = 0;
    uint32_t lane = 0;
    QRectF line;
    bool open = false; // under way
};

// One lane a client: attempts, and the waits between them.
struct RetryLanes {
    QRectF area;
    double laneHeight = 0;
    std::vector<StageLabel> names; // empty when lanes are too thin
    std::vector<double> middles; // y of each lane
    std::vector<RetryWait> waits;
    std::vector<RetryFlight> flights;
    std::vector<StageGlyph> glyphs; // ends of attempts; the numbers of those too close to each other are left out
};

RetryLanes layoutRetryLanes(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                            double nameWidth, const Theme &theme);
void paintRetryLanes(QPainter &painter, const RetryLanes &lanes, const RecentAxis &axis, const Theme &theme);

// When a fault was on that keeps the service from answering, as far as the recent events tell.
struct OutageBand {
    QRectF area;
    StageLabel label;
    bool open = false; // still on
};
std::vector<OutageBand> layoutOutages(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis,
                                      const QRectF &area, const Theme &theme);
void paintOutages(QPainter &painter, const std::vector<OutageBand> &bands, const Theme &theme);

// How many attempts reached the service in each tenth of a second.
struct ArrivalHistogram {
    QRectF area;
    std::vector<QRectF> bars;
    QRectF peakBar; // the tallest; empty without arrivals
    StageLabel peak; // its height, above it
    StageLabel name;
    uint32_t most = 0;
    std::vector<StageLabel> ticks; // seconds, below
};
inline constexpr resilience::Duration kArrivalBin = std::chrono::milliseconds{100};
ArrivalHistogram layoutArrivals(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                                const Theme &theme);
void paintArrivals(QPainter &painter, const ArrivalHistogram &histogram, const RecentAxis &axis, const Theme &theme);

} // namespace widgets
