// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_target.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace widgets {

// What only this stage has, as targets; of the client with this index.
enum class LimiterPart : uint8_t { Row, Vessel };

} // namespace widgets

// What the stage of rate limiters says: pure functions of the snapshot, translated. Lists give several lengths, the
// longest first.
namespace widgets::words {

QString limiterName(resilience::LimiterKind kind); // "token bucket"
// Calls that wait for their turn at the limiter of a pipeline.
uint64_t waitingForTurn(const resilience::sim::Snapshot &snapshot, uint32_t pipeline);
// "3 of 5 tokens", "3 of 4 wait for their turn"
QStringList limiterCount(const resilience::sim::Snapshot &snapshot, uint32_t pipeline);
// Of the calls that came: "21 of 30 passed, 4 wait". Those that wait have come, and have not passed yet.
QStringList limiterPassed(const resilience::sim::Snapshot &snapshot, uint32_t client);
QStringList limiterNext(const resilience::sim::PipelineView &pipeline); // "next in 0.3 s"
// "THROTTLING · next token in 0.3 s", of the first client.
StageHeaderWords limiterHeader(const resilience::sim::Snapshot &snapshot, const Theme &theme);
// What the run has shown so far, in two sentences: that a limiter let more pass than was meant, or that one passes
// clearly fewer than another, and why. Each in several lengths; empty while there is nothing to say.
std::vector<QStringList> limiterRemark(const resilience::sim::Snapshot &snapshot);
QString limiterStageText(const resilience::sim::Snapshot &snapshot);
QString limiterTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets::words
