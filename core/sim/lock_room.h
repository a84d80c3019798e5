// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/fencing.h"
#include "core/sim/fault.h"
#include "core/sim/lock_holder.h"
#include "core/sim/lock_view.h"
#include "core/sim/scenario.h"
#include "core/sim/turn.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace resilience::sim {

// The lock of a run: its nodes, those who want it, and the resource it guards. Everybody talks over a network whose
// messages take the scenario's latency, give or take a quarter: who asks first is not always first everywhere.
//
// A holder asks, works, looks at its own clock (if it checks), writes, releases, rests. Between the look and the write
// kPrepare goes by, as in every real program: a pause can fall there. While it is paused, what comes for it waits, and
// is taken up in the same order afterwards, as if nothing had been.
//
// The fencing token is drawn in the very step in which a grant is decided. Only a simulation that sees everything can
// do that for a vote among independent nodes (see core/patterns/fencing.h).
class LockRoom {
public:
    // Throws InvalidConfig.
    LockRoom(const Scenario &scenario, uint64_t seed);

    static constexpr bool isMine(Pending::Kind kind)
    {
        return kind == Pending::Kind::LockReply || kind == Pending::Kind::StoreAnswer
               || kind == Pending::Kind::LockTimer || kind == Pending::Kind::ReachLockNode
               || kind == Pending::Kind::ReachStore;
    }
    static constexpr Duration kPrepare = std::chrono::milliseconds{500};

    void begin(Turn &turn);
    void handle(const Pending &pending, Turn &turn);
    // Whether a newer timer has taken its place.
    bool isVoid(const Pending &pending) const;

    void setFault(const Component &component, FaultKind kind, double value, Turn &turn);
    void clearFault(const Component &component, FaultKind kind, Turn &turn);
    ActiveFaults faults(const Component &component) const;

    // What knobs turn.
    const LockScenario &settings() const { return m_settings; }
    void reconfigure(const RedlockConfig &config, Turn &turn); // rounds that begin from now on; throws InvalidConfig
    void changeHolders(const std::function<void(LockHolderConfig &)> &change, Turn &turn);
    void setFencing(bool on);
    void setChecksBeforeWriting(bool on) { m_settings.checksBeforeWriting = on; }
    void setReleaseComparesOwner(bool on) { m_settings.releaseComparesOwner = on; }

    LockRoomView view(Time now) const;
    uint32_t believers() const;
    uint64_t staleAccepted() const { return m_staleAccepted; }
    uint64_t refused() const { return m_refused; }
    uint64_t accepted() const { return m_accepted; }
    uint64_t overlaps() const { return m_overlaps; }
    uint64_t heldBack() const { return m_heldBack; }
    const std::vector<LockHolder> &holders() const { return m_holders; }
    const std::vector<LockStore> &stores() const { return m_stores; }
    uint64_t largestToken() const { return m_largest; }
    const LockMessage *message(uint64_t key) const;
    uint32_t componentOfNode(uint32_t node) const { return m_firstNode + node; }
    uint32_t componentOfHolder(uint32_t holder) const { return m_firstNode + uint32_t(m_stores.size()) + holder; }

    bool operator==(const LockRoom &) const = default;

private:
    // Messages: lock_room.cpp.
    void post(LockMessage message, Pending::Kind arrival, uint32_t actor, Turn &turn);
    std::optional<LockMessage> take(uint64_t key);
    bool linkIsCut(const LockMessage &message) const;
    void reachNode(const Pending &pending, Turn &turn);
    void reachStore(const Pending &pending, Turn &turn);
    SkewedClock clockOf(const LockStore &store, Time now) const;

    // What a holder does: lock_holders.cpp.
    void onTimer(uint32_t index, HolderTimer timer, Turn &turn);
    void onReply(uint32_t index, const LockMessage &message, Turn &turn);
    void ask(uint32_t index, Turn &turn);
    void endWork(uint32_t index, Turn &turn);
    void sendWrite(uint32_t index, Turn &turn);
    void beginRelease(uint32_t index, Turn &turn);
    void rest(uint32_t index, Turn &turn);
    void leaseEnds(uint32_t index, Turn &turn);
    void follow(uint32_t index, const LockStep &step, Turn &turn);
    void hold(uint32_t index, const LockStep &step, Turn &turn);
    void sendToAll(uint32_t index, const LockRequest &request, Turn &turn);
    void setTimer(uint32_t index, HolderTimer timer, Time at, Turn &turn);
    void stopTimer(uint32_t index, HolderTimer timer) { m_holders[index].timers[static_cast<size_t>(timer)] = 0; }
    void enter(LockHolder &holder, HolderDoing doing, Time now, std::optional<Time> until = std::nullopt);
    bool othersBelieve(uint32_t index) const;
    Event eventOf(uint32_t index, EventDetail detail) const;

    LockScenario m_settings;
    Duration m_latency;
    uint32_t m_firstNode; // its index among the components
    std::vector<LockStore> m_stores;
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
