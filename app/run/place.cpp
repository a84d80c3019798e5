// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/place.h"

namespace app {

using namespace resilience;

Place placeOf(const sim::Timeline &run) { return {run.now(), run.world().stepsThisInstant()}; }

void playTo(sim::Timeline &run, const Place &place)
{
    if (place.at > kTimeZero)
        run.runTo(place.at - Duration{1});
    const auto due = [&] {
        if (run.nextTime() != place.at)
            return false;
        const bool journal = !run.upcoming();
        return journal || run.now() < place.at || run.world().stepsThisInstant() < place.order;
    };
    while (due() && run.stepEvent(place.at)) {
    }
    if (run.now() < place.at)
        run.runTo(place.at);
}

} // namespace app
