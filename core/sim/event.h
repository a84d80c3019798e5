// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/patterns/health_check.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/redlock.h"
#include "core/patterns/retry.h"
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
struct Sent { // every policy let it pass, and the attempt leaves
    Permit permit{};
    BreakerState state = BreakerState::Closed; // of the breaker
    uint32_t trial = 0; // 1..half_open_max_calls for a trial call, else 0
    bool operator==(const Sent &) const = default;
};
struct TurnedAway { // a policy did not let it pass
    Rejection why = Rejection::None;
    std::optional<Duration> retryAfter{};
    BreakerState state = BreakerState::Open; // of the breaker, if it was the breaker
    Time since{}; // when that state began
    uint64_t generation = 0; // of the breaker
    PolicyKind by = PolicyKind::CircuitBreaker;
    bool operator==(const TurnedAway &) const = default;
};
struct Queued { // it waits at a policy, for a slot or for its turn
    PolicyKind at = PolicyKind::Bulkhead;
    std::optional<Time> until{}; // bulkhead: given up then; rate limiter: goes on then
    bool operator==(const Queued &) const = default;
};
struct WentOn { // ... and goes on
    PolicyKind at = PolicyKind::Bulkhead;
    Duration waited{};
    bool operator==(const WentOn &) const = default;
};
struct RetryPlanned { // the attempt failed, and there will be another one
    uint32_t attempt = 2; // its number in this call, rejected ones counted
    Duration delay{};
    DelayRange range{}; // what the delay was drawn from
    Time next{};
    bool operator==(const RetryPlanned &) const = default;
};
struct RetryGivenUp { // the attempt failed, and there will be no other one
    RetryVerdict::Reason why = RetryVerdict::Reason::None;
    bool operator==(const RetryGivenUp &) const = default;
};
struct HedgeBegun { // another attempt beside those that run
    uint32_t hedge = 2; // its number among those of its hedging, from 2
    bool afterFailure = false; // of one of them; else because they take too long
    bool operator==(const HedgeBegun &) const = default;
};
struct OutOfTime { // a timeout ended the call while no attempt of it was out
    std::optional<PolicyKind> by = PolicyKind::TotalTimeout; // none = the caller's own deadline
    bool operator==(const OutOfTime &) const = default;
};
struct ReachedService {
    bool queued = false; // every worker was busy
    bool operator==(const ReachedService &) const = default;
};
struct Answered { // the answer leaves the service
    bool failed = false;
    bool refused = false; // nobody was there: an outage
    bool overloaded = false; // there was no room to wait for a worker
    bool carriedOut = false; // what the request asks for was done
    bool again = false; // ... although it had been done for this original before
    bool stored = false; // the answer was that of an earlier attempt with the same request id
    bool forNobody = false; // its caller, or one of the callers of that, had given up by then
    bool operator==(const Answered &) const = default;
};
struct MessageLost { // by the network
    bool answer = false; // the answer; else the request
    bool operator==(const MessageLost &) const = default;
};
struct Dropped { // the service took it from its queue and saw that nobody waits for it any more
    bool operator==(const Dropped &) const = default;
};
struct Finished { // the caller knows how its attempt ended
    RequestOutcome outcome = RequestOutcome::Succeeded;
    Duration took{};
    bool slow = false; // strictly longer than slow_call_duration
    bool refused = false; // "connection refused" rather than an error answer
    bool broken = false; // no answer either: the service went down with the attempt, and its connection broke
    std::optional<PolicyKind> timedOutBy{}; // which timeout it was, if one was
    bool trial = false; // it was a trial call
    BreakerState state = BreakerState::Closed; // of the breaker, in which the result was judged
    uint64_t generation = 0; // likewise
    Recorded recorded = Recorded::Counted;
    WindowCounts window{}; // with this result in it
    uint32_t trialsSucceeded = 0; // likewise
    uint32_t trialsFailed = 0;
    bool operator==(const Finished &) const = default;
};
struct Cancelled { // the caller has no use for it any more: its own caller has given up ...
    bool beaten = false; // ... or another attempt of the same call has answered
    bool operator==(const Cancelled &) const = default;
};
struct LateAnswer { // the answer to an attempt whose caller has given up
    bool operator==(const LateAnswer &) const = default;
};
struct Transitioned {
    BreakerTransition move{BreakerState::Closed, BreakerTrigger::ForceClosed, BreakerState::Closed};
    uint64_t generation = 0; // the new one
    WindowCounts window{}; // what the decision was taken on
    uint32_t trialsSucceeded = 0;
    uint32_t trialsFailed = 0;
    uint32_t trialsSlow = 0;
    Duration wait{}; // into open: how long it will stay
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

struct PoliciesSet { // which are in use, and in which order
    uint32_t pipeline = 0;
    PolicyOrder order{};
    bool operator==(const PoliciesSet &) const = default;
};

// Health: `service` = whom it is about, `client` = who probes.
struct ProbeSent {
    Probe kind = Probe::Readiness;
    bool operator==(const ProbeSent &) const = default;
};
struct ProbeEnded {
    Probe kind = Probe::Readiness;
    bool succeeded = false;
    bool timedOut = false;
    Duration latency{};
    Health status = Health::Unknown; // after it
    uint64_t succeededInARow = 0;
    uint64_t failedInARow = 0;
    bool operator==(const ProbeEnded &) const = default;
};
struct HealthChanged {
    Health from = Health::Unknown;
    Health to = Health::Unknown;
    bool live = true;
    bool routed = false; // whether it gets traffic from now on
    bool operator==(const HealthChanged &) const = default;
};
struct Restarting { // a supervisor kills it and starts it again
    Duration takes{};
    bool operator==(const Restarting &) const = default;
};
struct Restarted {
    bool operator==(const Restarted &) const = default;
};

// Lock: `client` = index of the holder, `service` = index of the node among the scenario's components.
struct LockAsked { // the holder sends the request to a node
    LockRequest::Kind kind = LockRequest::Kind::Acquire;
    uint64_t round = 0;
    bool operator==(const LockAsked &) const = default;
};
struct LockVoted { // the node has answered, as the holder sees it
    LockReply reply = LockReply::Granted;
    uint64_t round = 0;
    bool operator==(const LockVoted &) const = default;
};
struct LockDecided {
    LockOutcome outcome = LockOutcome::None;
    uint32_t votes = 0;
    std::optional<Duration> validity{};
    uint64_t token = 0; // the fencing token that came with it; 0 = none
    bool othersHold = false; // somebody else believes to hold it too
    bool operator==(const LockDecided &) const = default;
};
struct LeaseOver { // by the holder's own clock, or by everybody else's while it stands still
    bool known = true; // the holder knows
    bool operator==(const LeaseOver &) const = default;
};
struct WriteTried { // the guarded resource has got a write
    uint64_t token = 0;
    bool accepted = true;
    bool stale = false; // somebody with a later grant has written before
    bool operator==(const WriteTried &) const = default;
};
struct WriteHeldBack { // the holder saw in time that its lease is over
    bool operator==(const WriteHeldBack &) const = default;
};
struct NodeRestarted { // with empty hands
    bool operator==(const NodeRestarted &) const = default;
};

using EventDetail =
    std::variant<Offered, Sent, TurnedAway, Queued, WentOn, RetryPlanned, RetryGivenUp, OutOfTime, ReachedService,
                 Answered, MessageLost, Dropped, Finished, Cancelled, LateAnswer, Transitioned, WaitOver, FaultSet,
                 FaultCleared, KnobTurned, PoliciesSet, ProbeSent, ProbeEnded, HealthChanged, Restarting, Restarted,
                 LockAsked, LockVoted, LockDecided, LeaseOver, WriteTried, WriteHeldBack, NodeRestarted, HedgeBegun>;

// How an original request ended.
struct Ending {
    RequestOutcome outcome = RequestOutcome::Succeeded; // what the primary did
    Duration took{}; // since it was offered
    uint32_t attempts = 0; // that were sent
    bool fellBack = false; // a fallback has answered
    bool operator==(const Ending &) const = default;
};

struct Event {
    Time at{};
    uint64_t number = 0; // 1, 2, 3, ... over the run
    uint32_t client = 0; // index; of the breaker's owner for breaker events
    uint32_t service = 0; // index among the scenario's components, services first
    uint64_t request = 0; // the original's id; 0 = none
    // What people call that original. Where several clients make the same calls it counts the client's own, so that the
    // same call has the same number on each side; else it is the id.
    uint64_t callNumber = 0;
    uint32_t attempt = 0; // of the call it is about
    uint32_t caller = kNobody; // index of the service whose own call it is; kNobody = the client's
    uint32_t pipeline = kNobody; // index, where it is about one
    std::optional<Ending> ends{}; // the original has ended so, with this event
    EventDetail detail{};

    template <typename T> const T *as() const { return std::get_if<T>(&detail); }
    bool operator==(const Event &) const = default;
};

// A decision of a policy: a call let through or turned away, a change of state...
inline bool isDecision(const Event &event)
{
    return event.as<Sent>() || event.as<TurnedAway>() || event.as<Transitioned>() || event.as<Queued>()
           || event.as<RetryPlanned>() || event.as<RetryGivenUp>() || event.as<HedgeBegun>()
           || event.as<HealthChanged>() || event.as<Restarting>() || event.as<LockDecided>() || event.as<WriteTried>()
           || event.as<WriteHeldBack>();
}

// How an original request ended with this event, if it did.
inline std::optional<RequestOutcome> endedBy(const Event &event)
{
    return event.ends ? std::optional{event.ends->outcome} : std::nullopt;
}

} // namespace resilience::sim
