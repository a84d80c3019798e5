// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// What only this stage has, as targets; of the node in this place among the prober's targets.
enum class HealthPart : uint8_t {
    Route, // its line of the routing table
    Belief, // its status, as far as the probes know
    Load, // its latest latency
    ReadinessWait, // for its next probe
    LivenessWait,
};

// Health checks: a client that probes its nodes and sends its calls to those that are ready. A click on a service
// breaks it.
class HealthScene : public StageScene {
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
