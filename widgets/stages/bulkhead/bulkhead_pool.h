// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

struct PoolSlot {
    QRectF rect{};
    bool taken = false;
    uint64_t request = 0;
    bool good = false; // of a client that calls another service than the first
    double left = 0; // 0..1: how much of its time the call still has to go; 1 when nobody can tell
    StageLabel name{}; // of whose call it is
};
struct PoolSeat {
    QPointF at{};
    double radius = 0;
    bool taken = false;
    uint64_t request = 0;
    bool good = false;
};

// One bulkhead: its slots in a row, and below them the seats to wait in. Good calls fill it from the left, where their
// door is, and the others from the right.
struct BulkheadPool {
    uint32_t pipeline = 0; // index
    QRectF row; // around its slots
    std::vector<PoolSlot> places;
    StageLabel queueName; // "queue 3 of 8"
    std::vector<PoolSeat> seats;

    std::vector<StageLabel> labels() const;
};

// At most so many slots and seats are drawn; the words tell all.
inline constexpr size_t kMostSlots = 32;
inline constexpr size_t kMostSeats = 24;

size_t slotsOf(const resilience::sim::PipelineView &pipeline); // that are drawn
size_t seatsOf(const resilience::sim::PipelineView &pipeline);

// From `row.left()` on, a slot each `pitch` px, as high as the row; its seats are around `seatsMiddle`.
BulkheadPool layoutPool(const resilience::sim::Snapshot &snapshot, uint32_t pipeline, const QRectF &row, double pitch,
                        double seatsMiddle, const Theme &theme);
double slotGap(double pitch, const Theme &theme);
void paintPool(QPainter &painter, const BulkheadPool &pool, const Theme &theme);

} // namespace widgets
