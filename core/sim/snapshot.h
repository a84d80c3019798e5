// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/event_queue.h"
#include "core/sim/timeline.h"

#include <optional>
#include <string>
#include <vector>

// What a picture needs to know about one moment: copied out of a timeline once a frame, and nothing else is drawn.
namespace resilience::sim {

struct ServiceView {
    std::string name;
    ActiveFaults faults{};
    Duration latency{};
    double errorRate = 0;
    bool operator==(const ServiceView &) const = default;
};

struct ClientView {
    std::string name;
    uint32_t target = 0;
    ArrivalConfig::Kind arrivals = ArrivalConfig::Kind::Steady;
    double rate = 0; // requests a second; meaningless for Script
    Duration timeout{};
    CircuitBreakerConfig rule;
    BreakerView breaker{};
    // What the present state has to tell "why": the event number of the transition into it; 0 at the start.
    uint64_t lastTransition = 0;
    bool operator==(const ClientView &) const = default;
};

// A request that has ended not long ago.
struct RecentEnd {
    uint64_t event = 0; // number in the log
    uint64_t request = 0;
    uint32_t client = 0;
    RequestOutcome outcome = RequestOutcome::Succeeded;
    Time at;
    bool trial = false;
    bool slow = false;
    Recorded recorded = Recorded::Counted; // Counted: it entered the breaker's window or decided a trial
    BreakerState state = BreakerState::Closed; // of the breaker when it ended
    uint64_t generation = 0; // of the breaker when it ended; equal numbers belong to one window
    bool operator==(const RecentEnd &) const = default;
};

struct Snapshot {
    std::string scenario;
    uint64_t seed = 0;
    Time now;
    Duration until{};
    double speed = 1.0; // simulated seconds per second of screen time, as chosen by whoever plays
    bool playing = false;
    Duration networkLatency{};
    std::vector<ClientView> clients{};
    std::vector<ServiceView> services{};
    std::vector<Request> requests{}; // on their way, by id
    std::vector<RecentEnd> recent{}; // at most kRecent, oldest first
    Totals totals{};
    std::optional<Pending> next{};  // what a step would do

    static constexpr size_t kRecent = 64;
    bool operator==(const Snapshot &) const = default;
};

Snapshot snapshotOf(const Timeline &timeline);

} // namespace resilience::sim
