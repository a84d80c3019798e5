// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/fault_end.h"
#include "widgets/stage/legend_sign.h"
#include "widgets/stage/stage_picture.h"

#include <QSizeF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace widgets {

inline constexpr QSizeF kSmallestStage{300, 200};
inline constexpr QSizeF kUsualStage{712, 488};

// One kind of stage: what it draws, says and lets people do, as pure functions of what they are handed. It has no state
// and knows no widget, no clock and no session. Targets come from the hits of a picture it has laid out, perhaps of an
// earlier moment: each function copes with one that is gone.
class StageScene {
public:
    using Snapshot = resilience::sim::Snapshot;
    using SharedSnapshot = resilience::sim::SharedSnapshot;
    using Intervention = resilience::sim::Intervention;
    using FaultEnd = resilience::sim::FaultEnd;

    virtual ~StageScene();

    virtual QString name() const = 0; // "Circuit breaker stage", for those who cannot see it
    // What its signs mean, in the order in which one meets them, but for the two that every stage has.
    virtual std::vector<LegendSign> legend() const = 0;
    virtual QSizeF smallest() const { return kSmallestStage; } // at Theme::scale 1
    // Null when the snapshot lacks what it takes (a breaker's stage without a client).
    virtual std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                                 const Theme &theme) const = 0;
    // What is animated for 0.4 s when it changes.
    virtual StageState state(const Snapshot &snapshot) const;

    // The functions below are called with snapshots that layout() took only.

    // The whole stage in a sentence or two that change only when something decisive does, not with every call.
    virtual QString stageText(const Snapshot &snapshot) const = 0;
    // What a target is and what a click does; one or two sentences, empty when it is no longer there.
    virtual QString targetText(const Snapshot &snapshot, const StageTarget &target) const = 0;
    // Number of the event that answers "why?". None: what the kind of the target itself tells.
    virtual std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const;

    // What a click does besides asking "why?": a change of the run ...
    virtual std::optional<Intervention> clicked(const Snapshot &snapshot, const StageTarget &target) const;
    // ... or, if that is none, the index of the service to break, or to make well again. By default a Service is.
    virtual std::optional<uint32_t> serviceToBreak(const Snapshot &snapshot, const StageTarget &target) const;

    // Moving things. What can be dragged must also be movable by keys.
    virtual bool draggable(const StageTarget &target) const;
    // `picture` is that of the moment it was dropped; from and to are points on it.
    virtual std::optional<Intervention> dropped(const Snapshot &snapshot, const StageTarget &target, QPointF from,
                                                QPointF to, const StagePicture &picture) const;
    // Alt with Up or Left: -1; with Down or Right: +1.
    virtual std::optional<Intervention> moved(const Snapshot &snapshot, const StageTarget &target, int steps) const;
    // Likewise, where what moves is the end of a fault, which may lie in the past.
    virtual std::optional<FaultEnd> endDropped(const Snapshot &snapshot, const StageTarget &target, QPointF from,
                                               QPointF to, const StagePicture &picture) const;
    virtual std::optional<FaultEnd> endMoved(const Snapshot &snapshot, const StageTarget &target, int steps) const;
};

} // namespace widgets
