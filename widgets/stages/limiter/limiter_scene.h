// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// Rate limiters: the vessel of the first (and of a leaky one, where there is room), and the same calls through all.
class LimiterScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    QSizeF smallest() const override { return {420, 260}; }
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
};

} // namespace widgets
