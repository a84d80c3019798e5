// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/outcome_glyph.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_target.h"

#include <vector>

class QPainter;

namespace widgets {

// A lock node: a circle, and the end of its network wire below.
struct LockNodeShape {
    QPointF centre{};
    double radius = 0;
    QPointF wire{}; // where lines end
    bool cut = false;
    StageLabel name{};
    StageLabel detail{};
    BoxRole role = BoxRole::Plain;
};
struct LockHolderShape {
    StageBox box{};
    QPointF wire{}; // above it
    bool cut = false;
    QRectF bar{}; // of its lease, inside the box; empty = shown elsewhere
    double barShare = 0;
};
// Who has the lease where, drawn as a line.
struct LockGrant {
    uint32_t node = 0;
    uint32_t holder = 0;
    enum class Look : uint8_t { Good, Asking, Overdue } look = Look::Good;
};
struct LockDot {
    QPointF at{};
    FlightLook look = FlightLook::Out;
    bool lost = false;
    uint64_t event = 0; // number of the event that sent it; 0 = none is known
};

// Nodes above, holders in the middle, the storage below; grants and messages between them.
struct LockGraph {
    std::vector<LockNodeShape> nodes;
    std::vector<LockHolderShape> holders;
    StageBox storage; // an empty rect = no room
    std::vector<LockGrant> grants;
    std::vector<LockDot> dots;
    double stroke = 1;
};

// `storage`: that it has its place here, if there is room.
LockGraph layoutLockGraph(const resilience::sim::Snapshot &snapshot, const Theme &theme, const QRectF &area,
                          bool withBars, bool storage = true);
void paintLockGraph(QPainter &painter, const LockGraph &graph, const Theme &theme);

// What only this stage has, as targets.
enum class LockPart : uint8_t {
    Node, // of the node with this index
    NodeWire,
    Holder, // of the holder with this index
    HolderWire,
    Lease,
    Storage,
    Remark,
    Figure, // stale writes
};
void addLockGraphHits(StageHits &hits, const LockGraph &graph, const Theme &theme);
void addLockGraphLabels(std::vector<StageLabel> &labels, const LockGraph &graph);

} // namespace widgets
