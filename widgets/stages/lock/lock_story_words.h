// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <QString>
#include <QStringList>

// What the timeline of the lock says. Lists give the same statement in several lengths.
namespace widgets::words {

QStringList writeMark(const resilience::sim::LockWriteStory &write); // "2", "1 < 2: refused"

// What the event with this number stands for on the timeline: a lease, a pause, a lost vote or a write; empty when it
// is none of them.
QString storyText(const resilience::sim::Snapshot &snapshot, uint64_t event);
// The end of a pause: where it lies and how it is moved.
QString pauseEndText(const resilience::sim::Snapshot &snapshot, uint64_t event);

} // namespace widgets::words
