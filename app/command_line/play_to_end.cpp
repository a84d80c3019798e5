// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/play_to_end.h"

#include "app/command_line/progress_line.h"
#include "app/command_line/stop_signal.h"
#include "core/duration_text.h"

#include <ostream>

namespace app {

bool playToEnd(HeadlessRun &run, const StopSignal &stop, std::ostream &err, const HeadlessRun::Listener &listener,
               const std::ostream *into)
{
    constexpr uint64_t turnsBetweenLooks = 4096;
    ProgressLine progress(err);
    while (!run.playOn(turnsBetweenLooks, listener) && (!into || *into)) {
        if (stop.raised()) {
            progress.clear();
            err << "resilience-lab: stopped at " << resilience::sim::durationText(run.timeline().now())
                << " of simulated time\n";
            return false;
        }
        progress.show(run.timeline().now(), run.until());
    }
    return true;
}

} // namespace app
