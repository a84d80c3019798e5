// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "widgets/stage_header.h"
#include "widgets/stage_target.h"
#include "widgets/theme.h"

#include <QString>
#include <QStringList>

// What the stage of retry says: pure functions of the snapshot, translated. Lists give several lengths, the longest
// first.
namespace widgets::words {

QString jitterName(resilience::Jitter jitter); // "full jitter", "no jitter"
QString strategyName(const resilience::BackoffConfig &backoff); // "fixed 1 s", "0.5 s, doubling"
// "DOWN · 5 calls wait to try again".
StageHeaderWords retryHeader(const resilience::sim::Snapshot &snapshot, const Theme &theme);
QString retryStageText(const resilience::sim::Snapshot &snapshot);
QString retryTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets::words
