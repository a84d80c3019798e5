// SPDX-License-Identifier: MIT
#include "core/sim/knob_families.h"

namespace resilience::sim {

std::vector<KnobSpec> healthKnobs() { return {}; }

} // namespace resilience::sim
