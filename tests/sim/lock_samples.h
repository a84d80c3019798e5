// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"

#include <memory>

// Runs of a lock that the simulation's tests share.
namespace tests {

// Five nodes, a lease of 10 s, no clients and no services. A asks at 1 s and works for 3 s; B asks at 3 s and works for
// 2 s. Nothing is scripted.
resilience::sim::Scenario lockScenario();
// A is paused at 4.65 s, between its look at the clock and its write, for 14 s.
resilience::sim::Scenario pausedHolderScenario();

resilience::sim::Timeline played(resilience::sim::Scenario scenario, uint64_t seed = 1);

} // namespace tests
