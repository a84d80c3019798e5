// SPDX-License-Identifier: MIT
#pragma once

#include "core/fingerprint.h"
#include "core/sim/engine/event.h"

namespace resilience::sim {

/// Adds everything that makes this event what it is: when, who, what, and how the decision was taken.
void digest(Fingerprint &fingerprint, const Event &event);

} // namespace resilience::sim
