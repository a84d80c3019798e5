// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_target.h"
#include "widgets/time/time_axis.h"

#include <QPolygonF>
#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// A call on the tape: above the line when it was let through, when it left; below when it was turned away.
struct TapeMark {
    resilience::Time at{};
    bool passed = false;
    uint64_t event = 0; // number
    QRectF bar{};
};

// One limiter's row.
struct TapeRow {
    uint32_t client = 0;
    StageLabel name{};
    StageLabel framed{}; // calls that passed within the frame; empty where the log does not reach back so far
    StageLabel verdict{}; // "12 of 20 passed"
    StageLabel most{}; // "most in 5 s: 10"
    std::vector<TapeMark> marks{};
    std::vector<StageLabel> counts{}; // of marks that stand too close to be counted
    QPolygonF queue{}; // below the line: how many wait for their turn
    StageHits queued{}; // ... and where they began to
    QRectF crowd{}; // around the calls of one window's length that were more than were meant; else empty
    StageLabel crowdName{}; // "10 in 0.92 s"
    double middle = 0;
    double height = 0;
};

// The same calls through all limiters, on one axis of time. The frame is a window's length that ends now; the edges of
// fixed windows stand.
struct LimiterTape {
    QRectF area;
    TimeAxis axis;
    std::vector<TapeRow> rows;
    QRectF frame; // reaches beyond the axis where less time has gone by than a window's length: open to the left then
    bool frameBegins = false; // its left end is on the axis
    std::vector<double> edges; // x
    std::optional<uint32_t> fixed; // the row that they are the edges of
    StageLabel heading;
    StageLabel frameName; // "the last 5.0 s"
    StageLabel edgeName;
    std::vector<StageLabel> columns; // above the numbers at the right
    std::vector<StageLabel> times; // below
    std::vector<StageLabel> remark; // lines
    double tick = 0; // height of a mark, px

    std::vector<StageLabel> labels() const;
    // Of names, marks and of those who wait.
    StageHits hits(const Theme &theme) const;
};

// Time that is shown, for a window of this length.
resilience::Duration tapeBehind(resilience::Duration window);

LimiterTape layoutTape(const resilience::sim::Snapshot &snapshot, const QRectF &area, const Theme &theme);
void paintTape(QPainter &painter, const LimiterTape &tape, const Theme &theme);

} // namespace widgets
