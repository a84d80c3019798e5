// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

namespace widgets {

// Health checks: a client that probes its nodes and sends its calls to those that are ready. Targets: Client, Service
// (click: breaks it), Lane = a line of the routing table, Node = a node's status, Slot = its latest latency, Part = the
// wait for its next probe (twice the place, plus one for liveness), Event = a probe or its result, RecentOutcome,
// Request.
class HealthScene : public StageScene {
public:
    QString name() const override;
    std::unique_ptr<StagePicture> layout(const Snapshot &snapshot, QSizeF size, const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
};

} // namespace widgets
