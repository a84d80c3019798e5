// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/event_queue.h"
#include "core/sim/engine/lock_scenario.h"
#include "core/sim/parts/lock/lock_view.h"

#include <array>
#include <vector>

namespace resilience::sim {

/// What a holder waits for. Only the latest of each counts.
enum class HolderTimer : uint8_t { Ask, RoundEnds, WorkDone, SendWrite, WriteUnanswered, Renew, LeaseEnds };
inline constexpr size_t kHolderTimerCount = 7;

/// One who wants the lock, as far as it lives inside its own process. LockSimulation moves it.
struct LockHolder {
    LockHolderConfig config;
    Redlock lock;
    ActiveFaults faults{};
    HolderDoing doing = HolderDoing::Resting;
    Time since{};
    std::optional<Time> until{};
    std::vector<std::optional<LockReply>> answers{};
    std::optional<Time> askedAt{};
    std::optional<Time> roundStartedAt{}; // of the round that is out
    std::optional<Time> validUntil{};
    bool knowsItIsOver = false;
    uint64_t token = 0;
    uint64_t grants = 0;
    uint64_t lastDecision = 0;
    std::optional<Time> pausedSince{};
    std::vector<Pending> held{}; // what came while it stood still, in that order
    std::array<uint64_t, kHolderTimerCount> timers{}; // serial of the one that counts; 0 = none

    bool paused() const { return pausedSince.has_value(); }
    /// It takes the lease for its own: it works or writes, and has not found out that the lease is over.
    bool believes() const { return (doing == HolderDoing::Working || doing == HolderDoing::Writing) && !knowsItIsOver; }
    bool operator==(const LockHolder &) const = default;
};

/// A node.
struct LockNodeState {
    LockNodeConfig config;
    LockNode node;
    ActiveFaults faults{};
    uint32_t holder = kNobody; // who was granted it last
    uint64_t restarts = 0;
    std::vector<Pending> held{}; // what came while it stood still

    std::optional<double> fault(FaultKind kind) const { return faults[static_cast<size_t>(kind)]; }
    bool operator==(const LockNodeState &) const = default;
};

} // namespace resilience::sim
