// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/part_list.h"
#include "core/sim/engine/subject.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <variant>

// What happened, as values: the log, the charts, the goals, the transcript and the fingerprint all read these.
namespace resilience::sim {

/// How an original request ended.
struct Ending {
    RequestOutcome outcome = RequestOutcome::Succeeded; // what the primary did
    Duration took{}; // since it was offered
    uint32_t attempts = 0; // that were sent
    bool fellBack = false; // a fallback has answered
    void fields(auto &&field) const
    {
        field("outcome", outcome);
        field("took", took);
        field("attempts", attempts);
        field("fell_back", fellBack);
    }
    bool operator==(const Ending &) const = default;
};

struct Event {
    Time at{};
    uint64_t number = 0; // 1, 2, 3, ... over the run
    Subject actor{}; // the client whose original it is or who probes, the lock's holder; nobody, where nobody did it
    Subject target{}; // to whom: the service, the lock's node, what a fault is put on
    uint64_t request = 0; // the original's id; 0 = none
    /// What people call that original. Where several clients make the same calls it counts the client's own, so that
    /// the same call has the same number on each side; else it is the id.
    uint64_t callNumber = 0;
    uint32_t attempt = 0; // of the call it is about
    Subject caller{}; // the service whose own call it is; nobody = the actor's
    std::optional<uint32_t> pipeline{}; // index, where it is about one
    std::optional<Ending> ends{}; // the original has ended so, with this event
    EventDetail detail{};

    template <typename T> const T *as() const { return std::get_if<T>(&detail); }
    bool operator==(const Event &) const = default;
};

/// "turned-away", ...: the kind of event, as in files.
inline const char *kindName(const EventDetail &detail)
{
    return std::visit([]<typename Kind>(const Kind &) { return Kind::kName; }, detail);
}

/// A decision of a policy: a call let through or turned away, a change of state...
inline bool isDecision(const Event &event)
{
    return std::visit([]<typename Kind>(const Kind &) { return isDecisionKind<Kind>(); }, event.detail);
}
/// Whether a log for people shows it.
inline bool isLogged(const Event &event)
{
    return std::visit([]<typename Kind>(const Kind &) { return isLoggedKind<Kind>(); }, event.detail);
}

/// How an original request ended with this event, if it did.
inline std::optional<RequestOutcome> endedBy(const Event &event)
{
    return event.ends ? std::optional{event.ends->outcome} : std::nullopt;
}

} // namespace resilience::sim
