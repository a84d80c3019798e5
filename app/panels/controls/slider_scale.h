// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/world/knobs.h"

#include <vector>

namespace app {

// The values that a slider of this knob offers, one for each of its positions, ascending from the knob's minimum to its
// maximum. On a logarithmic knob they are as far apart in proportion, with about two significant digits, and a minimum
// of 0 is the first of them.
std::vector<double> sliderValues(const resilience::sim::KnobSpec &spec);
// The position whose value is nearest, on the slider's own scale.
int sliderPosition(const std::vector<double> &values, double value);

} // namespace app
