// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/knobs.h"

#include <vector>

// The knobs, by what they turn. Private to core/sim.
namespace resilience::sim {

std::vector<KnobSpec> breakerKnobs();
std::vector<KnobSpec> trafficKnobs(); // how many requests come, and what they are
std::vector<KnobSpec> retryKnobs();
std::vector<KnobSpec> limiterKnobs();
std::vector<KnobSpec> bulkheadKnobs();
std::vector<KnobSpec> poolKnobs(); // how slots are shared out among several bulkheads
std::vector<KnobSpec> policyKnobs(); // timeouts, and which policies are in use
std::vector<KnobSpec> serviceKnobs();
std::vector<KnobSpec> healthKnobs();
std::vector<KnobSpec> lockKnobs();
std::vector<KnobSpec> hedgingKnobs();

} // namespace resilience::sim
