// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/scenario/run_counters.h"
#include "core/sim/parts/traffic/request.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace resilience::io {

// What a run came to.
struct RunSummary {
    std::string step;
    std::string scenario;
    uint64_t seed = 0;
    Duration until{};
    std::string fingerprint;
    sim::Totals totals;
    std::vector<std::pair<std::string, sim::Totals>> clients; // by name
    std::vector<std::pair<std::string, bool>> goals; // by id: met?
    RunCounters counters;
};

// One JSON object with a newline at the end. "clients" has the totals of each where there are several. "patterns" has
// an entry for each pattern that the run has; in "circuit-breaker" the counters of all breakers are added up, the state
// is the first one's, and with several each one's own are under "clients", by its owner's name.
std::string summaryToJson(const RunSummary &summary);

} // namespace resilience::io
