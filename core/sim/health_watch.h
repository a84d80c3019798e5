// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/call_flow.h"
#include "core/sim/scenario.h"
#include "core/sim/turn.h"

#include <cstdint>
#include <vector>

namespace resilience::sim {

// What there is to see of one client's probing.
struct HealthWatchView {
    uint32_t client = 0;
    bool operator==(const HealthWatchView &) const = default;
};

// Probes the targets of those clients that want it, takes them out of rotation and back, and restarts who is not alive.
class HealthWatch {
public:
    explicit HealthWatch(const Scenario &scenario);

    static constexpr bool isMine(Pending::Kind kind)
    {
        return kind == Pending::Kind::ProbeAnswer || kind == Pending::Kind::ServiceRestarted
            || kind == Pending::Kind::ProbeTimeout || kind == Pending::Kind::ProbeDue;
    }

    void begin(Turn &turn);
    void handle(const Pending &pending, Turn &turn, CallFlow &flow);
    bool isVoid(const Pending &pending) const;

    std::vector<HealthWatchView> view(Time) const { return {}; }

    bool operator==(const HealthWatch &) const = default;
};

} // namespace resilience::sim
