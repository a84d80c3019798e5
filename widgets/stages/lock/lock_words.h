// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_header.h"

#include <QStringList>

// What the stage of the lock says. Pure functions, translated; lists give the same statement in several lengths.
namespace widgets::words {

// Who holds the lock, as far as anybody believes.
enum class LockBelief : uint8_t {
    Nobody,
    One, // and the lease is good
    Overdue, // one, whose lease is over without its knowing
    Outvoted, // one, whose lease is good by its own clock, but whom fewer nodes than a quorum still know
    Several,
};
LockBelief lockBelief(const resilience::sim::Snapshot &snapshot);

StageHeaderWords lockHeader(const resilience::sim::Snapshot &snapshot, const Theme &theme);

StageBoxWords holderBox(const resilience::sim::Snapshot &snapshot, uint32_t holder);
StageBoxWords storageBox(const resilience::sim::Snapshot &snapshot);
// "A", "-", "down", "cut off"; and its role.
StageBoxWords nodeBox(const resilience::sim::Snapshot &snapshot, uint32_t node);

// "valid for 5.6 s", "over since 10.90 s" (a moment), "no lease".
QStringList leaseText(const resilience::sim::Snapshot &snapshot, uint32_t holder);
// The lease is over, and its holder believes in it.
bool leaseIsOverdue(const resilience::sim::Snapshot &snapshot, uint32_t holder);

struct LockRemark { // the card for what is wrong right now; empty when nothing is
    QStringList title;
    QStringList text;
    bool harm = false;
};
LockRemark lockRemark(const resilience::sim::Snapshot &snapshot);

QStringList writeText(const resilience::sim::Snapshot &snapshot, const resilience::sim::LockWriteView &write);
QString writeCount(uint64_t count); // "1 write", "3 writes"
QString lockDrift(const resilience::sim::Snapshot &snapshot); // "0.102 s"
QStringList fencingText(const resilience::sim::Snapshot &snapshot);

QString lockSummary(const resilience::sim::Snapshot &snapshot);
QString nodeText(const resilience::sim::Snapshot &snapshot, uint32_t node);
QString holderText(const resilience::sim::Snapshot &snapshot, uint32_t holder);
QString wireText(const QString &name, const resilience::sim::ActiveFaults &faults);
QString storageText(const resilience::sim::Snapshot &snapshot);

} // namespace widgets::words
