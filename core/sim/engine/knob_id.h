// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace resilience::sim {

/// The id of a knob by its place among all of them: what stands for it in a fingerprint.
const char *knobId(uint32_t knob);

} // namespace resilience::sim
