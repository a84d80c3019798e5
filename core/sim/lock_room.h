// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/fault.h"
#include "core/sim/scenario.h"
#include "core/sim/turn.h"

#include <cstdint>

namespace resilience::sim {

// What there is to see of it.
struct LockRoomView {
    bool operator==(const LockRoomView &) const = default;
};

// The lock of a run: its nodes, those who want it, and the resource it guards.
class LockRoom {
public:
    LockRoom(const Scenario &scenario, uint64_t seed);

    static constexpr bool isMine(Pending::Kind kind)
    {
        return kind == Pending::Kind::LockReply || kind == Pending::Kind::StoreAnswer || kind == Pending::Kind::LockTimer
            || kind == Pending::Kind::ReachLockNode || kind == Pending::Kind::ReachStore;
    }

    void begin(Turn &turn);
    void handle(const Pending &pending, Turn &turn);
    bool isVoid(const Pending &pending) const;

    void setFault(const Component &component, FaultKind kind, double value, Turn &turn);
    void clearFault(const Component &component, FaultKind kind, Turn &turn);
    ActiveFaults faults(const Component &component) const;

    LockRoomView view(Time) const { return {}; }

    bool operator==(const LockRoom &) const = default;
};

} // namespace resilience::sim
