// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/outcome_glyph.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_target.h"

#include <vector>

class QPainter;

namespace widgets {

struct LockLeaseRow {
    StageLabel name{};
    StageLabel text{};
    QRectF track{};
    double share = 0; // of the ttl that may still be relied on
    double drift = 0; // of the ttl, kept for clocks that drift
    bool overdue = false;
};
struct LockWriteRow {
    QRectF rect{};
    StageLabel who{};
    StageLabel what{};
    QPointF glyph{};
    bool accepted = true;
    bool stale = false;
    uint64_t event = 0;
};

// Beside the graph: how much of each lease is left, what is wrong, the last writes, and the number that it is about.
struct LockSide {
    std::vector<LockLeaseRow> leases;
    QRectF remark{}; // empty = nothing is wrong
    StageLabel remarkTitle{};
    StageLabel remarkText{};
    bool harm = false;
    StageLabel writesTitle{};
    std::vector<LockWriteRow> writes; // the latest first
    StageFigure figure{};
    StageLabel fencing{};

    std::vector<StageLabel> labels() const;
};

// `writes`: that they are told here, and not elsewhere.
LockSide layoutLockSide(const resilience::sim::Snapshot &snapshot, const Theme &theme, const QRectF &area,
                        bool writes = true);
void paintLockSide(QPainter &painter, const LockSide &side, const Theme &theme);
void addLockSideHits(StageHits &hits, const LockSide &side);

} // namespace widgets
