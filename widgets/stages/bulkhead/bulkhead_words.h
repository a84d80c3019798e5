// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_target.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace widgets {

// What only this stage has, as targets.
enum class BulkheadPart : uint8_t {
    Pool, // of the pipeline with this index
    Wall, // right of the pool of that pipeline
    Pile, // of the client with this index: its calls that were turned away
    Callers, // that client, and all others that call the same service
};

} // namespace widgets

// What the stage of bulkheads says: pure functions of the snapshot, translated. Lists give several lengths, the longest
// first.
namespace widgets::words {

// Whose calls: those of the clients that call another service than the first, the one that may be slow, or the rest.
const Hue &callerHue(bool good, const Theme &theme);
std::vector<uint32_t> clientsOf(const resilience::sim::Snapshot &snapshot, uint32_t pipeline); // indices
QStringList poolTitle(const resilience::sim::Snapshot &snapshot,
                      uint32_t pipeline); // "orders and reports: 8 of 8 slots"
StageBoxWords doorWords(const resilience::sim::Snapshot &snapshot, uint32_t client); // "orders", "3 calls/s"
QStringList rejectedLabel(const resilience::sim::Snapshot &snapshot, uint32_t client); // "orders: 22 rejected"
QStringList queueTitle(const resilience::sim::PipelineView &pipeline); // "queue 3 of 8"
// "FULL · the shared pool turns calls away".
StageHeaderWords bulkheadHeader(const resilience::sim::Snapshot &snapshot, const Theme &theme);
// Share of a client's ended calls that succeeded, 0..1; none before the first has ended.
std::optional<double> successOf(const resilience::sim::ClientView &client);
QString bulkheadStageText(const resilience::sim::Snapshot &snapshot);
QString bulkheadTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets::words
