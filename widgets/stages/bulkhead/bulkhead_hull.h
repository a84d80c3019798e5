// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_pile.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stages/bulkhead/bulkhead_pool.h"

#include <optional>
#include <vector>

namespace widgets {

// Rejected calls of one client, in its colour, at the end of the hull where its door is.
struct DoorPile {
    uint32_t client = 0; // index
    StagePile pile;
};

// Pools side by side in one hull, with a wall between neighbours.
struct BulkheadHull {
    QRectF outline; // around the slots
    double pitch = 0; // px from slot to slot
    std::vector<BulkheadPool> pools; // left to right
    std::vector<StageLabel> titles; // one a pool: "orders: 2 of 4 slots"
    std::vector<QRectF> walls;
    bool movable = false; // its wall: there are two pools, and a shared one that has as many slots as both
    std::vector<DoorPile> piles;

    size_t slotCount() const;
    // How many slots lie left of the point, at least one and not all.
    uint32_t slotsLeftOf(double x) const;
    // A wall behind so many slots.
    QRectF wallAfter(uint32_t count) const;
    std::vector<StageLabel> labels() const;
};

struct HullRoom { // what is to be drawn of each hull besides its slots
    bool seats = false;
    bool piles = false;
};

// As high as `area`, its slots `pitch` px apart.
BulkheadHull layoutHull(const resilience::sim::Snapshot &snapshot, const std::vector<uint32_t> &pipelines,
                        const QRectF &area, double pitch, const HullRoom &room, const Theme &theme);
size_t slotsIn(const resilience::sim::Snapshot &snapshot, const std::vector<uint32_t> &pipelines);
// That a hull with slots of the least size takes.
double leastHullHeight(const HullRoom &room, const Theme &theme);
void paintHull(QPainter &painter, const BulkheadHull &hull, const Theme &theme);
void paintWall(QPainter &painter, const QRectF &wall, bool movable, const Theme &theme);

} // namespace widgets
