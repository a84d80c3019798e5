// SPDX-License-Identifier: MIT
#include "core/sim/knob_families.h"

namespace resilience::sim {

std::vector<KnobSpec> lockKnobs() { return {}; }

} // namespace resilience::sim
