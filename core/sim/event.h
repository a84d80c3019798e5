// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/sim/fault.h"
#include "core/sim/request.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <variant>

// What happened, as values: the log, the charts, the goals, the transcript and the fingerprint all read these.
namespace resilience::sim {

struct Offered { // a client has a new request
    bool operator==(const Offered &) const = default;
};
struct Sent { // the breaker let it pass
    Permit permit{};
    BreakerState state = BreakerState::Closed;
    uint32_t trial = 0; // 1..half_open_max_calls for a trial call, else 0
    bool operator==(const Sent &) const = default;
};
struct TurnedAway { // the breaker did not; the request has ended
    Rejection why = Rejection::None;
    std::optional<Duration> retryAfter{};
    BreakerState state = BreakerState::Open;
    Time since{};            // when that state began
    uint64_t generation = 0; // of the breaker
    bool operator==(const TurnedAway &) const = default;
};
struct ReachedService {
    bool operator==(const ReachedService &) const = default;
};
struct Answered { // the answer leaves the service
    bool failed = false;
    bool refused = false; // nobody was there: an outage
    bool operator==(const Answered &) const = default;
};
struct Finished { // the client knows how its request ended
    RequestOutcome outcome = RequestOutcome::Succeeded;
    Duration took{};
    bool slow = false;     // strictly longer than slow_call_duration
    bool refused = false;  // "connection refused" rather than an error answer
    bool trial = false;    // it was a trial call
    BreakerState state = BreakerState::Closed; // of the breaker, in which the result was judged
    uint64_t generation = 0;                   // likewise
    Recorded recorded = Recorded::Counted;
    WindowCounts window{}; // with this result in it
    uint32_t trialsSucceeded = 0; // likewise
    uint32_t trialsFailed = 0;
    bool operator==(const Finished &) const = default;
};
struct LateAnswer { // the answer to a request whose client has timed out
    bool operator==(const LateAnswer &) const = default;
};
struct Transitioned {
    BreakerTransition move{BreakerState::Closed, BreakerTrigger::ForceClosed, BreakerState::Closed};
    uint64_t generation = 0; // the new one
    WindowCounts window{};   // what the decision was taken on
    uint32_t trialsSucceeded = 0;
    uint32_t trialsFailed = 0;
    uint32_t trialsSlow = 0;
    Duration wait{};         // into open: how long it will stay
    bool operator==(const Transitioned &) const = default;
};
struct WaitOver { // open, and from now on a call may try
    bool operator==(const WaitOver &) const = default;
};
struct FaultSet {
    FaultKind kind = FaultKind::Outage;
    double value = 1.0;
    bool operator==(const FaultSet &) const = default;
};
struct FaultCleared {
    FaultKind kind = FaultKind::Outage;
    bool operator==(const FaultCleared &) const = default;
};
struct KnobTurned {
    uint32_t knob = 0;
    double value = 0;
    bool operator==(const KnobTurned &) const = default;
};

using EventDetail = std::variant<Offered, Sent, TurnedAway, ReachedService, Answered, Finished, LateAnswer, Transitioned,
                                 WaitOver, FaultSet, FaultCleared, KnobTurned>;

struct Event {
    Time at{};
    uint64_t number = 0;  // 1, 2, 3, ... over the run
    uint32_t client = 0;  // index; of the breaker's owner for breaker events
    uint32_t service = 0; // index
    uint64_t request = 0; // 0 = none
    uint32_t attempt = 0;
    EventDetail detail{};

    template <typename T> const T *as() const { return std::get_if<T>(&detail); }
    bool operator==(const Event &) const = default;
};

// A decision of a policy: a call let through or turned away, or a change of state.
inline bool isDecision(const Event &event)
{
    return event.as<Sent>() || event.as<TurnedAway>() || event.as<Transitioned>();
}

// How an original request ended with this event, if it did.
inline std::optional<RequestOutcome> endedBy(const Event &event)
{
    if (const auto *finished = event.as<Finished>())
        return finished->outcome;
    if (event.as<TurnedAway>())
        return RequestOutcome::ShortCircuited;
    return std::nullopt;
}

} // namespace resilience::sim
