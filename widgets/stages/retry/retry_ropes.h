// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stages/retry/retry_lanes.h"

#include <QLineF>

namespace widgets {

// Where attempts come too fast to be drawn one by one, a lane is a rope: as thick as the attempts that ended in each
// second are many, the share that succeeded as its core. It reaches back a minute.

inline constexpr uint32_t kMostAttempts = 4; // a second and lane, that are drawn one by one

// Whether the lanes are ropes: when a client sent more than kMostAttempts in some second of the last minute, or when
// the snapshot's events do not reach back to where `recent` begins.
bool drawsRopes(const resilience::sim::Snapshot &snapshot, const RecentAxis &recent);
// The last minute at most, and ahead of now to the next round length: 20, 40 or 60 s.
RecentAxis ropeAxis(const resilience::sim::Snapshot &snapshot, double left, double right);

struct RetryRopes {
    struct Bin {
        uint32_t lane = 0;
        uint32_t succeeded = 0;
        uint32_t failed = 0;
        QRectF whole; // as thick as both
        QRectF core; // as thick as what succeeded
    };
    double laneHeight = 0;
    std::vector<StageLabel> names; // empty when lanes are too thin
    std::vector<double> middles; // y of each lane
    std::vector<Bin> bins; // those with something in them
    uint32_t most = 0; // attempts that the thickest stands for
    StageLabel scale; // says so, above the names
};
// `head`: px above the lanes that belong to it.
RetryRopes layoutRetryRopes(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                            double head, double nameWidth, const Theme &theme);
void paintRetryRopes(QPainter &painter, const RetryRopes &ropes, const RecentAxis &axis, const Theme &theme);

// What came to the service in each second, first attempts below and further ones above; under the axis what it gave
// back: answers in time, and below these the answers that nobody waited for.
struct SecondsHistogram {
    struct Bar {
        QRectF first;
        QRectF again;
        QRectF inTime;
        QRectF late;
    };
    QRectF area;
    double zero = 0; // y
    std::vector<Bar> bars; // one a second
    QLineF capacity; // what the workers can do in a second; null where that is off the scale, or has no limit
    uint32_t most = 0;
    StageLabel peak; // above the tallest
    std::vector<StageLabel> names; // in the gutter: what is above the axis, and what below
    std::vector<StageLabel> ticks;
};
SecondsHistogram layoutSeconds(const resilience::sim::Snapshot &snapshot, const RecentAxis &axis, const QRectF &area,
                               double nameWidth, const Theme &theme);
void paintSeconds(QPainter &painter, const SecondsHistogram &histogram, const RecentAxis &axis, const Theme &theme);

} // namespace widgets
