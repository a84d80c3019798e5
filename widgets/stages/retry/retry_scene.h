// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// Retry: a lane for each client with its attempts and waits, and the arrivals at the service below on the same scale.
class RetryScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
};

} // namespace widgets
