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
enum class RetryPart : uint8_t { Lane };

} // namespace widgets

// What the stage of retry says: pure functions of the snapshot, translated. Lists give several lengths, the longest
// first.
namespace widgets::words {

QString jitterName(resilience::Jitter jitter); // "full jitter", "no jitter"
QString strategyName(const resilience::BackoffConfig &backoff); // "fixed 1 s", "0.5 s, doubling"
// "DOWN · 5 calls wait to try again"; "DOWN · busy for nobody" where no fault is on and hardly a call gets through.
StageHeaderWords retryHeader(const resilience::sim::Snapshot &snapshot, const Theme &theme);

// The numbers below the lanes.
struct RetryFigure {
    QStringList caption;
    QString number;
    QColor color;
};
// `dense`: lanes are ropes, and arrivals are counted by the second; `mostArrivals`: in one bar of theirs.
std::vector<RetryFigure> retryFigures(const resilience::sim::Snapshot &snapshot, bool dense, uint32_t mostArrivals,
                                      const Theme &theme);
QString retryStageText(const resilience::sim::Snapshot &snapshot);
QString retryTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets::words
