// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/sim/world/knobs.h"

#include <vector>

// The knobs, by what they turn. Private to core/sim.
namespace resilience::sim {

/// The choices of a knob whose values are those of a named enumeration.
template <Named E> std::vector<const char *> choicesOf() { return {Names<E>::all.begin(), Names<E>::all.end()}; }

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
std::vector<KnobSpec> gateKnobs(); // of policies that list their settings, in no other family

} // namespace resilience::sim
