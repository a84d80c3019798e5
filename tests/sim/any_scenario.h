// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/random_stream.h"
#include "core/sim/engine/scenario.h"

// Scenarios drawn at random: everything that a scenario can say, with settings that make things happen.
namespace tests {

resilience::sim::Scenario anyScenario(resilience::RandomStream &random);
// Any policies in any order, some of them switched off.
resilience::PipelineConfig anyPolicies(resilience::RandomStream &random);
resilience::PolicyOrder anyOrder(resilience::RandomStream &random);

// least to most, both included.
uint64_t anyWhole(resilience::RandomStream &random, uint64_t least, uint64_t most);
// A whole number of milliseconds, least to most, both included.
resilience::Duration anyMilliseconds(resilience::RandomStream &random, int64_t least, int64_t most);

} // namespace tests
