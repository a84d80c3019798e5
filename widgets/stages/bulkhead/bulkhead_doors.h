// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_box.h"
#include "widgets/stages/bulkhead/bulkhead_hull.h"

#include <QPointF>
#include <QPolygonF>

#include <vector>

namespace widgets {

// Where callers come in: good ones at the left of all hulls, the others at the right.
struct BulkheadDoor {
    std::vector<uint32_t> clients; // indices; the first of each service speaks for its twins
    bool good = false;
    StageBox box;
    std::vector<QPolygonF> pipes; // to each hull they come to, from the box
    std::vector<size_t> hulls; // ... which one
};

// A call that has just come: on its way from its door to a slot, or to the pile.
struct BulkheadArrival {
    uint64_t request = 0;
    bool good = false;
    bool turnedAway = false;
    QPointF at{};
};

// Screen time that it takes to come in, seconds.
inline constexpr double kArrivalTime = 0.6;

std::vector<BulkheadDoor> layoutDoors(const resilience::sim::Snapshot &snapshot, const std::vector<BulkheadHull> &hulls,
                                      const QRectF &left, const QRectF &right, const Theme &theme);
std::vector<BulkheadArrival> layoutArrivals(const resilience::sim::Snapshot &snapshot,
                                            const std::vector<BulkheadHull> &hulls,
                                            const std::vector<BulkheadDoor> &doors, const Theme &theme);
void paintDoors(QPainter &painter, const std::vector<BulkheadDoor> &doors, const Theme &theme);
void paintArrivals(QPainter &painter, const std::vector<BulkheadArrival> &arrivals, const Theme &theme);

} // namespace widgets
