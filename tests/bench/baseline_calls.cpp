// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/clock.h"
#include "tests/bench/subject.h"

void bench::addBaselines(Subjects &subjects)
{
    subjects.addThreaded({kClock, 1, false, {"x/time/rate"}},
                         [clock = resilience::runtime::Clock()] { return clock.now() > resilience::kTimeZero; });
    subjects.addPeersOnly({"(an awaited call)", 1, false, {"node"}});
}
