// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/request.h"

#include <QString>

namespace app {

// The conservation line: "offered 26 = 16 ok + 4 failed + 5 short-circuited + 1 in flight · 1.0 attempts each". What has not
// occurred is left out, so that the rest can be read; the sum always holds.
QString countersText(const resilience::sim::Totals &totals);

} // namespace app
