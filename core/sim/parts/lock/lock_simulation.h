// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/lock/fencing.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/part.h"
#include "core/sim/engine/part_gauge.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/parts/lock/lock_holder.h"
#include "core/sim/parts/lock/lock_view.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace resilience::sim {

/// The lock of a run: its nodes, those who want it, and the resource it guards. Everybody talks over a network whose
/// messages take the scenario's latency, give or take a quarter: who asks first is not always first everywhere.
///
/// A holder asks, works, looks at its own clock (if it checks), writes, releases, rests. Between the look and the write
/// kPrepare goes by, as in every real program: a pause can fall there. While it is paused, what comes for it waits, and
/// is taken up in the same order afterwards, as if nothing had been.
///
/// The fencing token is drawn in the very step in which a grant is decided. Only a simulation that sees everything can
/// do that for a vote among independent nodes (see core/patterns/lock/fencing.h).
class LockSimulation {
public:
    /// What can be pending. Of Timer detail = the HolderTimer; of the others token = the message's key.
    enum class Kind : uint8_t { Reply, ResourceAnswer, Timer, ReachNode, ReachResource };
    static constexpr Rank rankOf(Kind kind)
    {
        if (kind == Kind::Reply || kind == Kind::ResourceAnswer)
            return Rank::Completion;
        return kind == Kind::Timer ? Rank::Timer : Rank::Arrival;
    }
    static constexpr bool owns(Subject::Kind kind)
    {
        return kind == Subject::Kind::LockNode || kind == Subject::Kind::LockHolder;
    }

    /// How many believe to hold the lock, and what is left of each holder's lease.
    static constexpr auto gauges()
    {
        using G = PartGauge<LockSimulation>;
        return std::array{
            G{.id = "lock_believers",
              .word = "believe they hold the lock",
              .chart = "levels",
              .owners =
                  [](const LockSimulation &lock) { return std::vector<uint32_t>(lock.m_holders.empty() ? 0 : 1, 0); },
              .read = [](const LockSimulation &lock, uint32_t, Time) { return double(lock.believers()); }},
            G{.id = "lease_left_s", // by the holder's own clock
              .word = "lease left",
              .chart = "leases",
              .flows = true,
              .owner = GaugeOwner::Component,
              .component = Subject::Kind::LockHolder,
              .owners =
                  [](const LockSimulation &lock) { return indicesOf(lock.m_holders, [](auto &) { return true; }); },
              .read =
                  [](const LockSimulation &lock, uint32_t i, Time t) {
                      const auto &until = lock.m_holders[i].validUntil;
                      return until ? std::max(0.0, toSeconds(*until - t)) : 0.0;
                  }}};
    }

    /// Throws InvalidConfig.
    LockSimulation(const Scenario &scenario, uint64_t seed);

    using Seen = LockSeen;
    static constexpr Duration kPrepare = std::chrono::milliseconds{500};

    void begin(StepContext &context);
    void handle(const Pending &pending, StepContext &context);
    /// Whether a newer timer has taken its place.
    bool isStale(const Pending &pending) const;
    Upcoming describe(const Pending &pending, const ConstPartReferences &parts) const;

    void setFault(const Subject &component, FaultKind kind, double value, StepContext &context);
    void clearFault(const Subject &component, FaultKind kind, StepContext &context);
    ActiveFaults faultsOf(const Subject &component) const;

    /// What knobs turn.
    const LockScenario &settings() const { return m_settings; }
    void reconfigure(const RedlockConfig &config,
                     StepContext &context); // rounds that begin from now on; throws InvalidConfig
    void changeHolders(const std::function<void(LockHolderConfig &)> &change, StepContext &context);
    void setFencing(bool on);
    void setChecksBeforeWriting(bool on) { m_settings.checksBeforeWriting = on; }
    void setReleaseComparesOwner(bool on) { m_settings.releaseComparesOwner = on; }

    LockView view(Time now) const;
    uint32_t believers() const;
    uint64_t staleAccepted() const { return m_staleAccepted; }
    uint64_t refused() const { return m_refused; }
    uint64_t accepted() const { return m_accepted; }
    uint64_t overlaps() const { return m_overlaps; }
    uint64_t heldBack() const { return m_heldBack; }
    const std::vector<LockHolder> &holders() const { return m_holders; }
    const std::vector<LockNodeState> &stores() const { return m_stores; }
    uint64_t largestToken() const { return m_largest; }
    const LockMessage *message(uint64_t key) const;

    bool operator==(const LockSimulation &) const = default;

private:
    // Messages: lock_simulation.cpp.
    void post(LockMessage message, Kind arrival, uint32_t actor, StepContext &context);
    std::optional<LockMessage> take(uint64_t key, const Network &network);
    static Link linkOf(const LockMessage &message);
    void reachNode(const Pending &pending, StepContext &context);
    void reachStore(const Pending &pending, StepContext &context);
    static std::string timerWords(const std::string &holder, HolderTimer timer);
    SkewedClock clockOf(const LockNodeState &store, Time now) const;

    // What a holder does: lock_holders.cpp.
    void onTimer(uint32_t index, HolderTimer timer, StepContext &context);
    void onReply(uint32_t index, const LockMessage &message, StepContext &context);
    void ask(uint32_t index, StepContext &context);
    void endWork(uint32_t index, StepContext &context);
    void sendWrite(uint32_t index, StepContext &context);
    void beginRelease(uint32_t index, StepContext &context);
    void rest(uint32_t index, StepContext &context);
    void leaseEnds(uint32_t index, StepContext &context);
    void follow(uint32_t index, const LockStep &step, StepContext &context);
    void hold(uint32_t index, const LockStep &step, StepContext &context);
    void sendToAll(uint32_t index, const LockRequest &request, StepContext &context);
    void setTimer(uint32_t index, HolderTimer timer, Time at, StepContext &context);
    void stopTimer(uint32_t index, HolderTimer timer) { m_holders[index].timers[static_cast<size_t>(timer)] = 0; }
    void enter(LockHolder &holder, HolderDoing doing, Time now, std::optional<Time> until = std::nullopt);
    bool othersBelieve(uint32_t index) const;
    static Event eventOf(uint32_t index, EventDetail detail);

    LockScenario m_settings;
    std::vector<LockNodeState> m_stores;
    std::vector<LockHolder> m_holders;
    std::vector<LockMessage> m_messages; // by key
    FencingStore m_tokens;
    FencedResource m_resource;
    std::vector<LockWriteView> m_writes;
    uint64_t m_lastMessage = 0;
    uint64_t m_lastTimer = 0;
    uint64_t m_largest = 0; // token that has written
    uint64_t m_accepted = 0;
    uint64_t m_refused = 0;
    uint64_t m_staleAccepted = 0;
    uint64_t m_overlaps = 0;
    uint64_t m_heldBack = 0;
};

} // namespace resilience::sim
