// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/chart.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_source.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace widgets {

// A table as RFC 4180 has it: one header line, CRLF, fields with a comma, a quote or a line break in quotes. UTF-8.
struct CsvTable {
    std::vector<std::string> header; // each with its unit: "time_s", "succeeded_per_s"
    std::vector<std::vector<std::string>> rows;
    QByteArray text() const;
};

// What a chart of the whole run shows. All times in seconds since the start of the run, whatever unit the picture has.
// Counts and latencies: one row for each bar or step, which covers [time_s, time_s + bin_s), with a column "side" where
// sides are compared. A field is empty where there is no value: no call with a duration ended in that time. Levels: a
// column for every gauge there is, "slots_in_use:checkout", also where the picture has no room for its curve; a row at
// the edge of each tenth of a bar and wherever a level bends, two where one jumps: before and after.
CsvTable chartTable(const sim::ChartSpec &chart, const TimeSource &source);

// What the lanes show: one row for each state, fault and turned knob ("state", "fault", "knob"), ordered by kind, then
// as they came. `to_s` is empty for a knob. What still lasts ends at the frontier.
CsvTable lanesTable(const TimeSource &source);

} // namespace widgets
