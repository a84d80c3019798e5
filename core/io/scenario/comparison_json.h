// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/scenario/summary_json.h"
#include "core/sim/compare/first_difference.h"
#include "core/sim/run/timeline.h"

#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// Two runs beside each other.
struct ComparedRuns {
    const sim::Timeline &a;
    const sim::Timeline &b;
    RunSummary summaryOfA;
    RunSummary summaryOfB;
    std::vector<std::string> changes; // in words
    std::optional<sim::FirstDifference> difference;
};

// One JSON object with a newline at the end: "a" and "b" as summaryToJson() has them, "changes", "first_difference"
// (its moment "at", and the event of each as event_json.h has it, null where nothing happened there; null without any
// difference) and "figures": each with a, b and a - b, null where there is none.
std::string comparisonToJson(const ComparedRuns &runs);

} // namespace resilience::io
