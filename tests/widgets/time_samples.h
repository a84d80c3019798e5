// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/history.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"
#include "widgets/time/time_source.h"

#include <memory>

// Runs for the tests of lanes and charts.
namespace samples {

// `rate` calls a second for `until`, with faults that open the breaker, overlap and end, and a turned knob.
resilience::sim::Timeline stormyRun(double rate, resilience::Duration until);
// `shops` clients ("shop 1", ...), each with a limiter, a bulkhead and a circuit breaker of its own, call one service
// with two workers that is too slow for the first of them; the others hardly ever call. After a while an outage opens
// breakers.
resilience::sim::Timeline crowdedRun(int shops, resilience::Duration until);
// Where it stands now.
widgets::TimeSource sourceOf(const resilience::sim::Timeline &timeline);

// One call that ended at `t` after `took`.
resilience::sim::Event ended(resilience::Time t, resilience::sim::RequestOutcome outcome, resilience::Duration took);

} // namespace samples
