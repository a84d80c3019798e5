// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// Bulkheads: the hull with a shared pool above, below it the same slots with a wall between pools, which can be
// dragged, a door of callers at either end, and the services at the bottom. The first service is the one that may be
// slow; success of the calls to the others is the large figure.
class BulkheadScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    QSizeF smallest() const override { return {420, 280}; }
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
    bool draggable(const StageTarget &target) const override;
    std::optional<Intervention> dropped(const Snapshot &snapshot, const StageTarget &target, QPointF from, QPointF to,
                                        const StagePicture &picture) const override;
    std::optional<Intervention> moved(const Snapshot &snapshot, const StageTarget &target, int steps) const override;
};

} // namespace widgets
