// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/redlock_config.h"
#include "core/sim/engine/component.h"
#include "core/time.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace resilience::sim {

/// One store that grants leases. Its clock may run fast or slow (fault clock-drift), it may lose what it holds (crash),
/// be cut off (partition) or stand still (pause).
struct LockNodeConfig {
    std::string name;
    double drift = 0; // how much faster its clock runs, a share: 0.01 = 1 % fast; -0.9..10
    static void fields(auto &self, auto &&field)
    {
        field("name", self.name);
        field("drift", self.drift);
    }
    bool operator==(const LockNodeConfig &) const = default;
};

/// Who wants the lock: takes it, works, writes to the guarded resource, releases, rests, and again.
struct LockHolderConfig {
    std::string name;
    GivenDuration start{0}; // when it asks first
    GivenDuration work = std::chrono::seconds{3}; // from the grant to its write, > 0
    GivenDuration rest = std::chrono::seconds{2}; // from the release to asking again
    bool extends = false; // renews its lease after every third of the ttl while it works
    static void fields(auto &self, auto &&field)
    {
        field("name", self.name);
        field("start", self.start);
        field("work", self.work);
        field("rest", self.rest);
        field("extends", self.extends);
    }
    bool operator==(const LockHolderConfig &) const = default;
};

/// The lock of a run, its nodes and those who want it.
struct LockScenario {
    static constexpr const char *kKey = "lock";

    RedlockConfig lock;
    std::vector<LockNodeConfig> nodes; // as many as lock.nodes
    std::vector<LockHolderConfig> holders; // up to 16; none = no lock in this run
    bool fencing = false; // the resource refuses a token smaller than one that it has seen
    bool checksBeforeWriting = true; // a holder whose lease is over by its own clock does not write
    bool releaseComparesOwner = true; // off = the slip: release deletes whatever is there

    bool isThere() const { return !holders.empty(); }
    static constexpr auto components()
    {
        return std::tuple{ComponentList{"nodes", &LockScenario::nodes,
                                        ComponentSpec{.key = "node",
                                                      .word = "lock node",
                                                      .natures = {Nature::Server, Nature::Process, Nature::Clocked},
                                                      .order = 2,
                                                      .stream = "lock-node-network-"}},
                          ComponentList{"holders", &LockScenario::holders,
                                        ComponentSpec{.key = "holder",
                                                      .word = "lock holder",
                                                      .natures = {Nature::Process},
                                                      .order = 1,
                                                      .stream = "lock-holder-network-"}}};
    }
    static void fields(auto &self, auto &&field)
    {
        field("ttl", self.lock.ttl);
        field("drift_factor", self.lock.driftFactor);
        field("drift_constant", self.lock.driftConstant);
        field("request_timeout", self.lock.requestTimeout);
        field("min_retry_wait", self.lock.minRetryWait);
        // Read, a longer shortest wait than the usual longest: then that is the longest, unless it is given.
        if constexpr (!std::is_const_v<std::remove_reference_t<decltype(self)>>)
            self.lock.maxRetryWait = std::max(self.lock.maxRetryWait, self.lock.minRetryWait);
        field("max_retry_wait", self.lock.maxRetryWait);
        field("fencing", self.fencing);
        field("checks_before_writing", self.checksBeforeWriting);
        field("release_compares_owner", self.releaseComparesOwner);
        field("nodes", self.nodes);
        field("holders", self.holders);
    }
    std::optional<ConfigError> settle()
    {
        lock.nodes = static_cast<uint32_t>(nodes.size());
        return lock.validate();
    }
    bool operator==(const LockScenario &) const = default;
};
struct LockSettings {
    LockScenario lock; // without holders there is none
    bool operator==(const LockSettings &) const = default;
};

} // namespace resilience::sim
