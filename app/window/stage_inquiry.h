// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"
#include "widgets/stage/stage_scene.h"

#include <cstdint>
#include <optional>

namespace app {

// The event that answers "why?" for what was clicked on a stage, at the present moment of the run: the one the scene
// names, else that of the target itself, else the latest one of its kind. 0 when nothing of the kind has happened yet.
uint64_t eventBehind(const widgets::StageTarget &target, const widgets::StageScene &scene,
                     const resilience::sim::Snapshot &snapshot, const resilience::sim::Timeline &run);

// The service, lock node or lock holder that a target stands for, or whom a check it stands for is about: an index
// among the snapshot's components. None where it is something else.
std::optional<uint32_t> componentBehind(const widgets::StageTarget &target, const widgets::StageScene &scene,
                                        const resilience::sim::Snapshot &snapshot,
                                        const resilience::sim::Timeline &run);

} // namespace app
