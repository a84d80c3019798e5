// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"

namespace app {

// A moment of a run, down to the order of events within one instant.
struct Place {
    resilience::Time at;
    uint64_t order = 0; // events of that very instant that have happened
    bool operator==(const Place &) const = default;
};

Place placeOf(const resilience::sim::Timeline &run);

// Plays a run that is before the place up to it. Where that instant has fewer events than the order says (the run may
// not be the one the place was taken from), it halts at the end of the instant.
void playTo(resilience::sim::Timeline &run, const Place &place);

} // namespace app
