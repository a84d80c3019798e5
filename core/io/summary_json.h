// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/breaker_transitions.h"
#include "core/sim/event.h"
#include "core/sim/request.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace resilience::io {

// What one client's breaker did over a run.
struct BreakerCounters {
    std::string client;
    BreakerState state = BreakerState::Closed; // at the end
    uint64_t permitted = 0;
    uint64_t rejected = 0;
    uint64_t trials = 0; // trial calls let through
    uint64_t transitions = 0;
    uint64_t opened = 0; // transitions into open, by threshold or by hand
    uint64_t closed = 0;
    uint64_t late = 0; // results that came after their generation had ended
    uint64_t slow = 0; // results of slow calls

    // Counts an event of this client's breaker.
    void add(const sim::Event &event);
    bool operator==(const BreakerCounters &) const = default;
};

// What a run came to.
struct RunSummary {
    std::string step;
    std::string scenario;
    uint64_t seed = 0;
    Duration until{};
    std::string fingerprint;
    sim::Totals totals;
    std::vector<std::pair<std::string, bool>> goals; // by id: met?
    std::vector<BreakerCounters> breakers; // one a client
};

// One JSON object with a newline at the end. "patterns" has the breakers' counters added up and the first one's state;
// with several clients also each one's own, under "clients".
std::string summaryToJson(const RunSummary &summary);

} // namespace resilience::io
