// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/world/world.h"

#include <cstdint>
#include <vector>

// The variants that are broken on purpose, and how a run would have gone without them.
namespace resilience::sim {

/// Indices into knobs() of those that are on.
std::vector<uint32_t> brokenVariantsOn(const World &world);

/// `journal` without any broken variant ever on: turns of their knobs are left out, and what the scenario itself breaks
/// is mended at the start.
Journal mended(const Scenario &scenario, uint64_t seed, const Journal &journal);

} // namespace resilience::sim
