// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"
#include "tests/sim/sample_runs.h"

#include <vector>

namespace tests {

using resilience::Duration;
using resilience::sim::Scenario;
using resilience::sim::Timeline;

// Nodes that answer in exactly 200 ms, 100 ms away, probed every 2 s for at most 1 s.
Scenario probedScenario(uint32_t nodes);
// The same, every node calling a database that answers in 50 ms.
Scenario withDatabase(uint32_t nodes);
void act(Scenario &scenario, Duration when, const resilience::sim::Intervention &what);
void turn(Scenario &scenario, Duration when, const char *knob, double value);

Timeline timelineOf(const Scenario &scenario);
Timeline played(const Scenario &scenario, Duration until);
resilience::sim::HealthTargetView targetOf(const Timeline &timeline, size_t place);

template <typename T> std::vector<resilience::sim::Event> ofKind(const Timeline &timeline)
{
    return ofKind<T>(eventsSoFar(timeline));
}

} // namespace tests
