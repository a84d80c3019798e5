// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/sides.h"
#include "core/sim/run/snapshot.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace app {

// The conservation line: "offered 26 = 16 ok + 4 failed + 5 short-circuited + 1 in flight · 0.8 attempts per call".
// What has not occurred is left out, so that the rest can be read; the sum always holds.
QString countersText(const resilience::sim::Totals &totals);
// The line for a run: that of its calls, or where nobody calls, "4 grants · 3 writes accepted + 1 refused · 0 stale" of
// its lock. Where sides are compared it is that of ours alone, with its name before it: the same calls are not counted
// twice.
QString countersLine(const resilience::sim::Snapshot &snapshot, const std::vector<resilience::sim::Side> &sides = {});
// The same, shorter and shorter, for where it does not fit: "26 = 16 ok + 9 not ok + 1 in flight".
QStringList shorterCounters(const resilience::sim::Snapshot &snapshot,
                            const std::vector<resilience::sim::Side> &sides = {});

} // namespace app
