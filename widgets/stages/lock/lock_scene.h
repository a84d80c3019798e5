// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// The lock's stage: the nodes that vote, who holds the lease and who believes to, how much of it is left, and what the
// storage has made of the writes; below, where there is room, how it came to that. Nodes crash and holders pause by a
// click; a wire is cut by a click on it, and the end of a pause is dragged.
class LockScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<Intervention> clicked(const Snapshot &snapshot, const StageTarget &target) const override;
    bool draggable(const StageTarget &target) const override;
    std::optional<FaultEnd> endDropped(const Snapshot &snapshot, const StageTarget &target, QPointF from, QPointF to,
                                       const StagePicture &picture) const override;
    std::optional<FaultEnd> endMoved(const Snapshot &snapshot, const StageTarget &target, int steps) const override;
};

} // namespace widgets
