// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/redlock_config.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resilience::sim {

/// One store that grants leases. Its clock may run fast or slow (fault clock-drift), it may lose what it holds (crash),
/// be cut off (partition) or stand still (pause).
struct LockNodeConfig {
    std::string name;
    double drift = 0; // how much faster its clock runs, a share: 0.01 = 1 % fast; -0.9..10
    bool operator==(const LockNodeConfig &) const = default;
};

/// Who wants the lock: takes it, works, writes to the guarded resource, releases, rests, and again.
struct LockHolderConfig {
    std::string name;
    GivenDuration start{0}; // when it asks first
    GivenDuration work = std::chrono::seconds{3}; // from the grant to its write, > 0
    GivenDuration rest = std::chrono::seconds{2}; // from the release to asking again
    bool extends = false; // renews its lease after every third of the ttl while it works
    bool operator==(const LockHolderConfig &) const = default;
};

/// The lock of a run, its nodes and those who want it.
struct LockScenario {
    RedlockConfig lock;
    std::vector<LockNodeConfig> nodes; // as many as lock.nodes
    std::vector<LockHolderConfig> holders; // up to 16; none = no lock in this run
    bool fencing = false; // the resource refuses a token smaller than one that it has seen
    bool checksBeforeWriting = true; // a holder whose lease is over by its own clock does not write
    bool releaseComparesOwner = true; // off = the slip: release deletes whatever is there

    bool operator==(const LockScenario &) const = default;
};

} // namespace resilience::sim
