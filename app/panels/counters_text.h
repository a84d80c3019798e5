// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"

#include <QString>
#include <QStringList>

namespace app {

// The conservation line: "offered 26 = 16 ok + 4 failed + 5 short-circuited + 1 in flight · 1.0 attempts each". What
// has not occurred is left out, so that the rest can be read; the sum always holds.
QString countersText(const resilience::sim::Totals &totals);
// The line for a run: that of its calls, or where nobody calls, "4 grants · 3 writes accepted + 1 refused · 0 stale" of
// its lock.
QString countersLine(const resilience::sim::Snapshot &snapshot);
// The same, shorter and shorter, for where it does not fit: "26 = 16 ok + 9 not ok + 1 in flight".
QStringList shorterCounters(const resilience::sim::Snapshot &snapshot);

} // namespace app
