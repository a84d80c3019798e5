// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "widgets/stage_figure.h"
#include "widgets/stage_label.h"
#include "widgets/stage_pile.h"
#include "widgets/theme.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

struct PoolSlot {
    QRectF rect;
    bool taken = false;
    uint64_t request = 0;
    bool good = false; // of a client that calls another service than the first
    double left = 0; // 0..1: how much of its time the call still has to go; 1 when nobody can tell
    StageLabel name; // of whose call it is
};
struct PoolSeat {
    QPointF at;
    double radius = 0;
    bool taken = false;
    uint64_t request = 0;
    bool good = false;
};

// One bulkhead: its slots, the seats to wait in, and what it turned away.
struct BulkheadPool {
    uint32_t pipeline = 0; // index
    QRectF area;
    StageLabel title; // "one pool for orders and reports: 8 of 8"
    std::vector<PoolSlot> places;
    StageLabel queueName; // "queue 3 of 8"
    std::vector<PoolSeat> seats;
    std::optional<StagePile> pile;

    std::vector<StageLabel> labels() const;
};

// At most so many slots and seats are drawn; the words tell all.
inline constexpr size_t kMostSlots = 32;
inline constexpr size_t kMostSeats = 24;

// `slot` px: so large is each of its slots, at most largestSlot().
BulkheadPool layoutPool(const resilience::sim::Snapshot &snapshot, uint32_t pipeline, const QRectF &area, double slot,
                        const Theme &theme);
double poolHeight(const resilience::sim::PipelineView &pipeline, double width,
                  const Theme &theme); // with slots of the usual size
double largestSlot(const resilience::sim::PipelineView &pipeline, QSizeF size, const Theme &theme); // that fits
void paintPool(QPainter &painter, const BulkheadPool &pool, const Theme &theme);

} // namespace widgets
