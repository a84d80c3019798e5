// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"

namespace widgets {

// Where the animations of a stage stand. They run on a clock of their own and never hold the model back.
struct StagePhase {
    double transition = 1.0; // of the latest state change: 0 = begins, 1 = over
    resilience::BreakerState from = resilience::BreakerState::Closed; // the state it came from; matters below 1
    bool reducedMotion = false; // things are simply where they are

    bool operator==(const StagePhase &) const = default;
};

} // namespace widgets
