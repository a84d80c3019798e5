// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/retry.h"
#include "core/sim/engine/event_field.h"
#include "core/sim/engine/request_outcome.h"

// What happens to calls: offered, judged by policies, sent, answered, ended.
namespace resilience::sim {

struct Offered { // a client has a new request
    static constexpr const char *kName = "offered";
    void fields(auto &&) const {}
    bool operator==(const Offered &) const = default;
};
struct NotTaken { // a new call, or a call's attempt, for which the run has no room any more: see bounds.h
    static constexpr const char *kName = "not-taken";
    uint64_t inFlight = 0; // calls, or attempts
    void fields(auto &&field) const { field("in_flight", inFlight); }
    bool operator==(const NotTaken &) const = default;
};
struct Sent { // every policy let it pass, and the attempt leaves
    static constexpr const char *kName = "sent";
    static constexpr bool kIsDecision = true;
    Permit permit{};
    BreakerState state = BreakerState::Closed; // of the breaker
    uint32_t trial = 0; // 1..half_open_max_calls for a trial call, else 0
    void fields(auto &&field) const
    {
        field("state", state);
        field("generation", permit.generation);
        field("trial", trial);
    }
    bool operator==(const Sent &) const = default;
};
struct Rejected { // a policy did not let it pass
    static constexpr const char *kName = "turned-away";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    Rejection why = Rejection::None;
    std::optional<Duration> retryAfter{};
    BreakerState state = BreakerState::Open; // of the breaker, if it was the breaker
    Time since{}; // when that state began
    uint64_t generation = 0; // of the breaker
    PolicyKind by = PolicyKind::CircuitBreaker;
    void fields(auto &&field) const
    {
        field("by", by);
        field("why", why);
        field("retry_after", retryAfter);
        if (by != PolicyKind::CircuitBreaker)
            return;
        field("state", state);
        field("since", since);
        field("generation", generation);
    }
    bool operator==(const Rejected &) const = default;
};
struct Queued { // it waits at a policy, for a slot or for its turn
    static constexpr const char *kName = "queued";
    static constexpr bool kIsDecision = true;
    PolicyKind at = PolicyKind::Bulkhead;
    std::optional<Time> until{}; // bulkhead: given up then; rate limiter: goes on then
    void fields(auto &&field) const
    {
        field("at_policy", at);
        field("until", until);
    }
    bool operator==(const Queued &) const = default;
};
struct Admitted { // ... and goes on
    static constexpr const char *kName = "went-on";
    PolicyKind at = PolicyKind::Bulkhead;
    Duration waited{};
    void fields(auto &&field) const
    {
        field("at_policy", at);
        field("waited", waited);
    }
    bool operator==(const Admitted &) const = default;
};
struct RetryPlanned { // the attempt failed, and there will be another one
    static constexpr const char *kName = "retry-planned";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    uint32_t attempt = 2; // its number in this call, rejected ones counted
    Duration delay{};
    DelayRange range{}; // what the delay was drawn from
    Time next{};
    void fields(auto &&field) const
    {
        field("next_attempt", attempt);
        field("delay", delay);
        field("drawn_from", range);
        field("next", next);
    }
    bool operator==(const RetryPlanned &) const = default;
};
struct RetryGivenUp { // the attempt failed, and there will be no other one
    static constexpr const char *kName = "retry-given-up";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    RetryVerdict::Reason why = RetryVerdict::Reason::None;
    void fields(auto &&field) const { field("why", why); }
    bool operator==(const RetryGivenUp &) const = default;
};
struct HedgeBegun { // another attempt beside those that run
    static constexpr const char *kName = "hedge-begun";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    uint32_t hedge = 2; // its number among those of its hedging, from 2
    bool afterFailure = false; // of one of them; else because they take too long
    void fields(auto &&field) const
    {
        field("hedge", hedge);
        field("after_failure", afterFailure);
    }
    bool operator==(const HedgeBegun &) const = default;
};
struct OutOfTime { // a timeout ended the call while no attempt of it was out
    static constexpr const char *kName = "out-of-time";
    static constexpr bool kIsLogged = true;
    std::optional<PolicyKind> by = PolicyKind::TotalTimeout; // none = the caller's own deadline
    void fields(auto &&field) const { field("by", by ? name(*by) : "deadline"); }
    bool operator==(const OutOfTime &) const = default;
};
struct ReachedService {
    static constexpr const char *kName = "reached-service";
    bool queued = false; // every worker was busy
    void fields(auto &&field) const { field("queued", queued); }
    bool operator==(const ReachedService &) const = default;
};
struct Answered { // the answer leaves the service
    static constexpr const char *kName = "answered";
    bool failed = false;
    bool refused = false; // nobody was there: an outage
    bool overloaded = false; // there was no room to wait for a worker
    bool carriedOut = false; // what the request asks for was done
    bool again = false; // ... although it had been done for this original before
    bool stored = false; // the answer was that of an earlier attempt with the same request id
    bool forNobody = false; // its caller, or one of the callers of that, had given up by then
    void fields(auto &&field) const
    {
        field("failed", failed);
        field("refused", refused);
        field("overloaded", overloaded);
        field("carried_out", carriedOut);
        field("again", again);
        field("stored", stored);
        field("for_nobody", forNobody);
    }
    bool operator==(const Answered &) const = default;
};
struct MessageLost { // by the network
    static constexpr const char *kName = "message-lost";
    bool answer = false; // the answer; else the request
    void fields(auto &&field) const { field("message", answer ? "answer" : "request"); }
    bool operator==(const MessageLost &) const = default;
};
struct Dropped { // the service took it from its queue and saw that nobody waits for it any more
    static constexpr const char *kName = "dropped";
    void fields(auto &&) const {}
    bool operator==(const Dropped &) const = default;
};
struct Finished { // the caller knows how its attempt ended
    static constexpr const char *kName = "finished";
    static constexpr bool kIsLogged = true;
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
    void fields(auto &&field) const
    {
        field("outcome", outcome);
        field("took", took);
        field("slow", slow);
        field("refused", refused);
        field("broken", broken);
        field("timed_out_by", timedOutBy);
        field("trial", trial);
        field("state", state);
        field("generation", generation);
        field("recorded", recorded);
        field("window", window);
        field("trials_succeeded", trialsSucceeded);
        field("trials_failed", trialsFailed);
    }
    bool operator==(const Finished &) const = default;
};
struct Cancelled { // the caller has no use for it any more: its own caller has given up ...
    static constexpr const char *kName = "cancelled";
    bool beaten = false; // ... or another attempt of the same call has answered
    void fields(auto &&field) const
    {
        if (beaten)
            field("beaten", beaten);
    }
    bool operator==(const Cancelled &) const = default;
};
struct LateAnswer { // the answer to an attempt whose caller has given up
    static constexpr const char *kName = "late-answer";
    void fields(auto &&) const {}
    bool operator==(const LateAnswer &) const = default;
};
struct Transitioned {
    static constexpr const char *kName = "transitioned";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    BreakerTransition move{BreakerState::Closed, BreakerTrigger::ForceClosed, BreakerState::Closed};
    uint64_t generation = 0; // the new one
    WindowCounts window{}; // what the decision was taken on
    uint32_t trialsSucceeded = 0;
    uint32_t trialsFailed = 0;
    uint32_t trialsSlow = 0;
    Duration wait{}; // into open: how long it will stay
    void fields(auto &&field) const
    {
        field("from", move.from);
        field("trigger", move.trigger);
        field("to", move.to);
        field("generation", generation);
        field("window", window);
        field("trials_succeeded", trialsSucceeded);
        field("trials_failed", trialsFailed);
        field("trials_slow", trialsSlow);
        field("wait", wait);
    }
    bool operator==(const Transitioned &) const = default;
};
struct WaitOver { // open, and from now on a call may try
    static constexpr const char *kName = "wait-over";
    void fields(auto &&) const {}
    bool operator==(const WaitOver &) const = default;
};

using TrafficEvents =
    EventList<Offered, NotTaken, Sent, Rejected, Queued, Admitted, RetryPlanned, RetryGivenUp, HedgeBegun, OutOfTime,
              ReachedService, Answered, MessageLost, Dropped, Finished, Cancelled, LateAnswer, Transitioned, WaitOver>;

} // namespace resilience::sim
