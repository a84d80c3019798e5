// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stages/health/health_process.h"
#include "widgets/time/time_axis.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// A stretch of time in which a node was one thing.
template <typename What> struct NodeSpan {
    resilience::Time from{};
    resilience::Time to{};
    What what{};
    bool operator==(const NodeSpan &) const = default;
};
// What a node was, and what its prober took it for, from `from` to the present, without gaps. The events must reach as
// far back. That a process was not warm yet is not told.
std::vector<NodeSpan<ProcessState>> truthSpans(const resilience::sim::Snapshot &snapshot, uint32_t service,
                                               resilience::Time from);
std::vector<NodeSpan<resilience::Health>> beliefSpans(const resilience::sim::Snapshot &snapshot,
                                                      const resilience::sim::HealthTargetView &target,
                                                      resilience::Time from);
// When calls were sent to it although they came to nothing: useless, and believed to be ready.
std::vector<std::pair<resilience::Time, resilience::Time>>
wrongTrust(const std::vector<NodeSpan<ProcessState>> &truth, const std::vector<NodeSpan<resilience::Health>> &belief);

// One node's two lines of the recent past, one above the other, and what lies between them.
struct HealthTrack {
    struct Bar {
        QRectF rect{};
        const Hue *hue = nullptr;
        StageLabel word{};
    };
    QRectF area{}; // empty = not drawn
    StageLabel truthName{};
    StageLabel beliefName{};
    std::vector<Bar> truth{};
    std::vector<Bar> belief{};
    std::vector<QRectF> wrong{};
    StageLabel wrongText{};
    std::vector<StageLabel> ticks{};

    std::vector<StageLabel> labels() const;
};

double healthTrackHeight(const Theme &theme);
// Of the node that something has happened to last. `theme` must outlive the track.
HealthTrack layoutHealthTrack(const resilience::sim::Snapshot &snapshot, const Theme &theme, const QRectF &area);
void paintHealthTrack(QPainter &painter, const HealthTrack &track, const Theme &theme);

} // namespace widgets
