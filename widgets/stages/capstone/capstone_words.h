// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stages/capstone/capstone_view.h"

#include <QString>
#include <QStringList>

// What the stage of the capstone says. Lists: the same statement in several lengths, the longest first.
namespace widgets::words {

QStringList standingTitle(Standing standing); // "The load is gone. The system is still down."
QStringList standingDetail(const resilience::sim::Snapshot &snapshot, Standing standing); // what it suffers from
QString policyWord(resilience::PolicyKind kind); // "breaker"
// What is on its chip: its word, or "open", "8 of 10".
QString chipWord(const resilience::sim::PipelineView &pipeline, resilience::PolicyKind kind);
QStringList lineRate(const ShopLine &line); // "60/s, 97 % fail", "39/s, all for nobody"
// "20 of 20 workers busy", "20 of 20 busy, 18 for nobody".
QStringList busyText(const resilience::sim::ServiceView &service, uint32_t forNobody);
QString perSecond(double rate); // "20 /s"
QString latencyText(const std::optional<resilience::Duration> &latency); // "0.56 s"; a dash when there is none

// The targets of the stage: what they are, and what a click does.
QString shopTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);
QString shopStageText(const resilience::sim::Snapshot &snapshot);

} // namespace widgets::words

namespace widgets {

// What only this stage has, as targets: the line to the service of that pipeline, and the figures below the picture.
enum class ShopPart : uint8_t { Line };
enum class ShopFigure : uint8_t { Goodput, Offered, Attempts, Median, P99 };

// The policy that a target is. None when there is no such pipeline, or the policy is not meant for it.
std::optional<targets::PipelinePolicy> chipOf(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets
