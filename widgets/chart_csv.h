// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/history.h"
#include "widgets/chart_data.h"
#include "widgets/time_source.h"

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

// What a chart shows, not averaged and not reduced: one row for each bin of the history. All times in seconds since the
// start of the run, whatever unit the picture has; a bin covers [time_s, time_s + bin_s). A field is empty where there
// is no value: no call with a duration ended in that bin.
CsvTable chartTable(ChartKind kind, const resilience::sim::OutcomeSeries &series);
// Any kind of chart. Levels: one column for every gauge there is, "slots_in_use:checkout", also where the picture has
// no room for its curve; what it showed first in the bin.
CsvTable chartTable(ChartKind kind, const TimeSource &source);

// What the lanes show: one row for each state, fault and turned knob ("state", "fault", "knob"), ordered by kind, then
// as they came. `to_s` is empty for a knob. What still lasts ends at the frontier.
CsvTable lanesTable(const TimeSource &source);

} // namespace widgets
