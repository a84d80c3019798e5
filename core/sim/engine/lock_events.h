// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/lock/lock_node.h"
#include "core/patterns/redlock.h"
#include "core/sim/engine/event_field.h"

// What happens around a lock. Event::actor = the holder, Event::target = the node.
namespace resilience::sim {

struct LockAsked { // the holder sends the request to a node
    static constexpr const char *kName = "lock-asked";
    LockRequest::Kind kind = LockRequest::Kind::Acquire;
    uint64_t round = 0;
    void fields(auto &&field) const
    {
        field("kind", kind);
        field("round", round);
    }
    bool operator==(const LockAsked &) const = default;
};
struct LockVoted { // the node has answered, as the holder sees it
    static constexpr const char *kName = "lock-voted";
    LockReply reply = LockReply::Granted;
    uint64_t round = 0;
    void fields(auto &&field) const
    {
        field("reply", reply);
        field("round", round);
    }
    bool operator==(const LockVoted &) const = default;
};
struct LockDecided {
    static constexpr const char *kName = "lock-decided";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    LockOutcome outcome = LockOutcome::None;
    uint32_t votes = 0;
    std::optional<Duration> validity{};
    uint64_t token = 0; // the fencing token that came with it; 0 = none
    bool othersHold = false; // somebody else believes to hold it too
    void fields(auto &&field) const
    {
        field("outcome", outcome);
        field("votes", votes);
        field("validity", validity);
        if (token > 0)
            field("token", token);
        field("others_hold", othersHold);
    }
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const LockDecided &) const = default;
};
struct LeaseOver { // by the holder's own clock, or by everybody else's while it stands still
    static constexpr const char *kName = "lease-over";
    static constexpr bool kIsLogged = true;
    bool known = true; // the holder knows
    void fields(auto &&field) const { field("known", known); }
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const LeaseOver &) const = default;
};
struct WriteTried { // the guarded resource has got a write
    static constexpr const char *kName = "write-tried";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    uint64_t token = 0;
    bool accepted = true;
    bool stale = false; // somebody with a later grant has written before
    void fields(auto &&field) const
    {
        field("token", token);
        field("accepted", accepted);
        field("stale", stale);
    }
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const WriteTried &) const = default;
};
struct WriteHeldBack { // the holder saw in time that its lease is over
    static constexpr const char *kName = "write-held-back";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    void fields(auto &&) const {}
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const WriteHeldBack &) const = default;
};
struct NodeRestarted { // having forgotten every lease
    static constexpr const char *kName = "node-restarted";
    void fields(auto &&) const {}
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const NodeRestarted &) const = default;
};

using LockEvents = EventList<LockAsked, LockVoted, LockDecided, LeaseOver, WriteTried, WriteHeldBack, NodeRestarted>;

} // namespace resilience::sim
