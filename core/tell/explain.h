// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resilience::sim {

// The answer to "why?" for one event: the rule that applied, with its numbers at that moment.
struct Explanation {
    std::string title; // "Call 16 was turned away at 7.6 s"
    std::string text; // sentences
    std::string rule; // the formula or the row of the table, with the values of that moment; "" where there is none
    std::vector<uint64_t> counted; // numbers of the events that led to it, ascending: a picture lights them up
    bool operator==(const Explanation &) const = default;
};

// None when the log has forgotten the event, or has not come to it.
std::optional<Explanation> explain(const Timeline &timeline, uint64_t eventNumber);
// The same for who has the world at hand as it was right before the turn of that event.
Explanation explain(const Timeline &timeline, const World &before, const Event &event);

// In one line what happened with an event of that run, for lists that have no room for why.
std::string eventTitle(const Timeline &timeline, const std::optional<Event> &event);

// The event that tells most about how a request ended, or the latest about it; 0 when the log knows nothing of it.
uint64_t tellingEvent(const Timeline &timeline, uint64_t request);

} // namespace resilience::sim
