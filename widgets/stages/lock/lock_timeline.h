// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_target.h"
#include "widgets/time/time_axis.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

struct LockLeaseShape {
    uint64_t event = 0; // that granted it
    QRectF bar{}; // while it was good and its holder went by it
    QRectF ahead{}; // what is still to come of it
    StageLabel token{};
};
// A holder takes the lease for its own.
struct LockBeliefLine {
    double from = 0;
    double overdue = 0; // from here on its lease is over; at least `to` when it never was
    double to = 0;
};
struct LockPauseShape {
    uint64_t event = 0; // that began it
    resilience::Time from{};
    resilience::Time to{}; // its end, planned or not; the present when nobody knows
    QRectF bar{};
    QRectF planned{}; // what is still to come of it
    StageLabel text{};
    QPointF grip{}; // its end
};
struct LockLane {
    uint32_t holder = 0;
    StageLabel name{};
    StageLabel over{}; // "lease over at 10.90 s", above the line
    double belief = 0; // y
    double middle = 0; // y of the bars
    std::vector<LockLeaseShape> leases{};
    std::vector<LockBeliefLine> beliefs{};
    std::vector<LockPauseShape> pauses{};
    std::vector<StageGlyph> refusals{}; // votes that were lost
};
struct LockWriteMark {
    StageGlyph glyph{};
    QPointF from{}; // whose write it is
    bool stale = false;
    bool accepted = true;
    StageLabel text{}; // "2", "1 < 2: refused"
};

// How it came to this: what each holder had, believed and wrote, over the whole run, and what the storage made of it.
struct LockTimeline {
    QRectF area{}; // empty = no room, and nothing is drawn
    TimeAxis axis{};
    double now = 0; // x
    std::vector<LockLane> lanes{};
    double storage = 0; // y
    QRectF storageWords{};
    StageLabel storageName{};
    StageLabel storageRule{};
    std::vector<LockWriteMark> writes{};
    std::vector<QPointF> writing{}; // on their way to the storage or back
    std::vector<QRectF> overlaps{}; // two believe at once
    StageLabel overlapText{};
    StageLabel key{}; // what the line is
    std::vector<StageLabel> ticks{};

    const LockPauseShape *pause(uint64_t event) const;
    std::vector<StageLabel> labels() const;
};

// The least height it takes for `lanes` holders.
double lockTimelineHeight(const Theme &theme, size_t lanes);
LockTimeline layoutLockTimeline(const resilience::sim::Snapshot &snapshot, const Theme &theme, const QRectF &area);
void paintLockTimeline(QPainter &painter, const LockTimeline &timeline, const Theme &theme);
// A pause whose end is being dragged to `x`.
void paintDraggedPause(QPainter &painter, const LockTimeline &timeline, const LockPauseShape &pause, double x,
                       const Theme &theme);
void addLockTimelineHits(StageHits &hits, const LockTimeline &timeline, const Theme &theme);

// The moment at `x` as an end of that pause: in tenths of a second, and after its beginning.
resilience::Time pauseEndAt(const LockTimeline &timeline, const LockPauseShape &pause, double x);

} // namespace widgets
