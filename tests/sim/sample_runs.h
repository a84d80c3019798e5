// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/timeline.h"

#include <memory>
#include <vector>

// Scenarios and runs that the simulation's tests share.
namespace tests {

// Two calls a second to one service, breaker with threshold 3, open for 5 s, 3 trials; nothing scripted.
resilience::sim::Scenario calmScenario();
// The same with an outage from 5 s to 13 s.
std::shared_ptr<const resilience::sim::Scenario> outageScenario();

// Whatever people may do, drawn by rapidcheck.
resilience::sim::Intervention anyIntervention();

// Every event number up to the present, with its whole content.
std::vector<resilience::sim::Event> eventsSoFar(const resilience::sim::Timeline &timeline);

} // namespace tests
