// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_target.h"

#include <QString>

// What the targets of the breaker's stage are and say: for tool tips and for those who cannot see the picture.
namespace widgets {

// One or two sentences; empty when the target is no longer there.
QString targetText(const resilience::sim::Snapshot &snapshot, uint32_t client, const StageTarget &target);
// The whole stage in one sentence that changes only when the state, a fault or a threshold does.
QString stageText(const resilience::sim::Snapshot &snapshot, uint32_t client);

} // namespace widgets
