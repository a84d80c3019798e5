// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/export/picture.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/lab.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_source.h"

#include <vector>

namespace app {

// A picture with what its file tells about it.
struct NotedPicture {
    Picture picture;
    PictureNote note;
};

// What the names of a run's files begin with: "circuit-breaker-outage-and-recovery".
QString fileNameOf(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                   const ExportOptions &options);
// What charts and tables of a run are made from.
widgets::TimeSource timeSourceOf(const resilience::sim::Timeline &run, const ExportOptions &options);

// Every picture of a lab at the moment the run stands at: each stage, each chart; with options.at, each stage at that
// moment too, which must not lie after the furthest moment played.
std::vector<NotedPicture> picturesOf(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                     const ExportOptions &options);

// Many runs of it. Precondition: options.many.
NotedPicture manyRunsPicture(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                             const ExportOptions &options);

// One chart over all that was played.
NotedPicture chartPicture(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                          const resilience::sim::ChartSpec &chart, const ExportOptions &options);

} // namespace app
