// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage_scene.h"

namespace widgets {

// Bulkheads: a shared pool on the left, pools of their own on the right, the same calls through both, and the services
// below. The first service is the one that may be slow; success of the calls to the others is the large figure.
class BulkheadScene : public StageScene {
public:
    QString name() const override;
    QSizeF smallest() const override { return {420, 280}; }
    std::unique_ptr<StagePicture> layout(const Snapshot &snapshot, QSizeF size, const Theme &theme) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
};

} // namespace widgets
