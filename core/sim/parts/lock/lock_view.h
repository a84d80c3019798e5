// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/lock/lock_node.h"
#include "core/patterns/redlock.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/request_outcome.h"
#include "core/sim/engine/subject.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What there is to see of a run's lock.
namespace resilience::sim {

/// What a holder is at.
enum class HolderDoing : uint8_t {
    Resting, // before its first start, and from a release to asking again
    Asking, // a round is out
    Waiting, // it did not get it, and tries again later
    Working, // from the grant on
    Writing, // it has decided to write, and the answer is not back
    Releasing,
};

struct LockNodeStateView {
    std::string name;
    ActiveFaults faults{}; // filled in by the snapshot, for the network has some of them
    LockNodeView state{};
    uint32_t holder = kNobody; // index of who has the lease here; kNobody = free
    uint64_t restarts = 0; // with empty hands
    bool operator==(const LockNodeStateView &) const = default;
};

struct LockHolderView {
    std::string name;
    ActiveFaults faults{}; // filled in by the snapshot, for the network has some of them
    HolderDoing doing = HolderDoing::Resting;
    Time since{}; // when it began that
    std::optional<Time> until{}; // when it ends, as planned; none = when answers are in
    RedlockView lock{};
    std::vector<std::optional<LockReply>> answers{}; // one a node, of its latest round that asked for the lease
    uint32_t votes = 0; // granted, of these
    bool believes = false; // it takes the lease for its own
    uint32_t heldAt = 0; // nodes where it has the lease now
    std::optional<Time> askedAt{}; // before the first request for the lease it has, or believes to have
    std::optional<Time> validUntil{}; // by its own clock, over or not; none = it has none
    uint64_t token = 0; // that came with its latest grant; 0 = none yet
    std::optional<Time> pausedSince{};
    bool extends = false;
    Duration work{};
    uint64_t grants = 0;
    uint64_t lastDecision = 0; // number of the LockDecided event about it; 0 = none yet
    bool operator==(const LockHolderView &) const = default;
};

/// A write that has reached the guarded resource.
struct LockWriteView {
    uint64_t event = 0;
    Time at{};
    uint32_t holder = 0;
    uint64_t token = 0;
    bool accepted = true;
    bool stale = false;
    bool operator==(const LockWriteView &) const = default;
};

/// Between a holder and a node, or the guarded resource.
struct LockMessage {
    enum class Kind : uint8_t { Acquire, Extend, Release, Write };
    static constexpr uint32_t kResource = UINT32_MAX;

    uint64_t key = 0;
    Kind kind = Kind::Acquire;
    uint32_t holder = 0;
    uint32_t node = 0; // kResource = the resource
    bool answer = false; // on its way back
    bool lost = false; // it will not arrive
    uint64_t owner = 0;
    uint64_t lapsed = 0; // to be given back first, see LockRequest
    Duration ttl{};
    uint64_t round = 0; // 0 = nobody waits for the answer
    LockReply reply = LockReply::Granted; // an answer's
    uint64_t token = 0; // a write's
    bool accepted = true; // an answer to a write
    Time sentAt{};
    Time arrivesAt{};
    bool operator==(const LockMessage &) const = default;
};

struct LockView {
    RedlockConfig lock{};
    bool fencing = false;
    bool checksBeforeWriting = true;
    bool releaseComparesOwner = true;
    std::vector<LockNodeStateView> nodes{};
    std::vector<LockHolderView> holders{};
    std::vector<LockMessage> messages{}; // on their way, by key
    /// The guarded resource.
    uint64_t largestToken = 0; // that it has accepted
    std::vector<LockWriteView> writes{}; // the latest kWrites, oldest first
    uint64_t accepted = 0;
    uint64_t refused = 0;
    uint64_t staleAccepted = 0; // among the accepted ones
    uint64_t overlaps = 0; // grants while somebody else believed to hold it
    uint64_t heldBack = 0; // writes that their holders did not send
    uint64_t nextToken = 1; // that the next grant comes with

    static constexpr size_t kWrites = 8;
    uint32_t believers() const;
    void setFaults(const Subject &component, const ActiveFaults &faults);
    bool operator==(const LockView &) const = default;
};
struct LockSeen {
    LockView lock{};
    bool operator==(const LockSeen &) const = default;
};

} // namespace resilience::sim
