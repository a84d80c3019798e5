// SPDX-License-Identifier: MIT
#include "core/io/event_fields.h"

#include "core/io/intervention_value.h"
#include "core/io/policies_value.h"
#include "core/io/seconds_json.h"
#include "core/sim/event_words.h"

#include <variant>

namespace resilience::io {

namespace {

using sim::word;

OrderedJson windowToValue(const WindowCounts &window)
{
    return {{"calls", window.calls},
            {"failures", window.failures},
            {"slow", window.slow},
            {"consecutive_failures", window.consecutiveFailures}};
}

// One operator() a kind of event, so that none can be forgotten.
struct Fields {
    OrderedJson &value;

    void called(const char *event) { value["event"] = event; }

    void operator()(const sim::Offered &) { called("offered"); }
    void operator()(const sim::Sent &sent)
    {
        called("sent");
        value["state"] = name(sent.state);
        value["generation"] = sent.permit.generation;
        value["trial"] = sent.trial;
    }
    void operator()(const sim::TurnedAway &turned)
    {
        called("turned-away");
        value["by"] = name(turned.by);
        value["why"] = word(turned.why);
        if (turned.retryAfter)
            value["retry_after"] = secondsNumber(*turned.retryAfter);
        if (turned.by != PolicyKind::CircuitBreaker)
            return;
        value["state"] = name(turned.state);
        value["since"] = secondsNumber(turned.since);
        value["generation"] = turned.generation;
    }
    void operator()(const sim::Queued &queued)
    {
        called("queued");
        value["at_policy"] = name(queued.at);
        if (queued.until)
            value["until"] = secondsNumber(*queued.until);
    }
    void operator()(const sim::WentOn &went)
    {
        called("went-on");
        value["at_policy"] = name(went.at);
        value["waited"] = secondsNumber(went.waited);
    }
    void operator()(const sim::RetryPlanned &planned)
    {
        called("retry-planned");
        value["next_attempt"] = planned.attempt;
        value["delay"] = secondsNumber(planned.delay);
        value["drawn_from"] = {secondsNumber(planned.range.low), secondsNumber(planned.range.high)};
        value["next"] = secondsNumber(planned.next);
    }
    void operator()(const sim::RetryGivenUp &given)
    {
        called("retry-given-up");
        value["why"] = name(given.why);
    }
    void operator()(const sim::HedgeBegun &hedge)
    {
        called("hedge-begun");
        value["hedge"] = hedge.hedge;
        value["after_failure"] = hedge.afterFailure;
    }
    void operator()(const sim::OutOfTime &late)
    {
        called("out-of-time");
        value["by"] = late.by ? name(*late.by) : "deadline";
    }
    void operator()(const sim::ReachedService &reached)
    {
        called("reached-service");
        value["queued"] = reached.queued;
    }
    void operator()(const sim::Answered &answered)
    {
        called("answered");
        value["failed"] = answered.failed;
        value["refused"] = answered.refused;
        value["overloaded"] = answered.overloaded;
        value["carried_out"] = answered.carriedOut;
        value["again"] = answered.again;
        value["stored"] = answered.stored;
        value["for_nobody"] = answered.forNobody;
    }
    void operator()(const sim::MessageLost &lost)
    {
        called("message-lost");
        value["message"] = lost.answer ? "answer" : "request";
    }
    void operator()(const sim::Dropped &) { called("dropped"); }
    void operator()(const sim::Finished &finished)
    {
        called("finished");
        value["outcome"] = key(finished.outcome);
        value["took"] = secondsNumber(finished.took);
        value["slow"] = finished.slow;
        value["refused"] = finished.refused;
        value["broken"] = finished.broken;
        value["trial"] = finished.trial;
        value["state"] = name(finished.state);
        value["generation"] = finished.generation;
        value["recorded"] = word(finished.recorded);
        value["window"] = windowToValue(finished.window);
        value["trials_succeeded"] = finished.trialsSucceeded;
        value["trials_failed"] = finished.trialsFailed;
    }
    void operator()(const sim::Cancelled &cancelled)
    {
        called("cancelled");
        if (cancelled.beaten)
            value["beaten"] = true;
    }
    void operator()(const sim::LateAnswer &) { called("late-answer"); }
    void operator()(const sim::Transitioned &moved)
    {
        called("transitioned");
        value["from"] = name(moved.move.from);
        value["trigger"] = name(moved.move.trigger);
        value["to"] = name(moved.move.to);
        value["generation"] = moved.generation;
        value["window"] = windowToValue(moved.window);
        value["trials_succeeded"] = moved.trialsSucceeded;
        value["trials_failed"] = moved.trialsFailed;
        value["trials_slow"] = moved.trialsSlow;
        value["wait"] = secondsNumber(moved.wait);
    }
    void operator()(const sim::WaitOver &) { called("wait-over"); }
    void operator()(const sim::FaultSet &set)
    {
        called("fault-set");
        value["kind"] = spec(set.kind).name;
        addFaultValue(value, set.kind, set.value);
    }
    void operator()(const sim::FaultCleared &cleared)
    {
        called("fault-cleared");
        value["kind"] = spec(cleared.kind).name;
    }
    void operator()(const sim::KnobTurned &turned)
    {
        called("knob-turned");
        value.update(turnKnobToValue({turned.knob, turned.value}));
    }
    void operator()(const sim::PoliciesSet &set)
    {
        called("policies-set");
        value["policies"] = policyOrderToValue(set.order);
    }
    void operator()(const sim::ProbeSent &sent)
    {
        called("probe-sent");
        value["kind"] = word(sent.kind);
    }
    void operator()(const sim::ProbeEnded &ended)
    {
        called("probe-ended");
        value["kind"] = word(ended.kind);
        value["succeeded"] = ended.succeeded;
        value["timed_out"] = ended.timedOut;
        value["latency"] = secondsNumber(ended.latency);
        value["status"] = word(ended.status);
        value["succeeded_in_a_row"] = ended.succeededInARow;
        value["failed_in_a_row"] = ended.failedInARow;
    }
    void operator()(const sim::HealthChanged &changed)
    {
        called("health-changed");
        value["from"] = word(changed.from);
        value["to"] = word(changed.to);
        value["live"] = changed.live;
        value["routed"] = changed.routed;
    }
    void operator()(const sim::Restarting &restarting)
    {
        called("restarting");
        value["takes"] = secondsNumber(restarting.takes);
    }
    void operator()(const sim::Restarted &) { called("restarted"); }
    void operator()(const sim::LockAsked &asked)
    {
        called("lock-asked");
        value["kind"] = word(asked.kind);
        value["round"] = asked.round;
    }
    void operator()(const sim::LockVoted &voted)
    {
        called("lock-voted");
        value["reply"] = word(voted.reply);
        value["round"] = voted.round;
    }
    void operator()(const sim::LockDecided &decided)
    {
        called("lock-decided");
        value["outcome"] = word(decided.outcome);
        value["votes"] = decided.votes;
        if (decided.validity)
            value["validity"] = secondsNumber(*decided.validity);
        if (decided.token > 0)
            value["token"] = decided.token;
        value["others_hold"] = decided.othersHold;
    }
    void operator()(const sim::LeaseOver &over)
    {
        called("lease-over");
        value["known"] = over.known;
    }
    void operator()(const sim::WriteTried &tried)
    {
        called("write-tried");
        value["token"] = tried.token;
        value["accepted"] = tried.accepted;
        value["stale"] = tried.stale;
    }
    void operator()(const sim::WriteHeldBack &) { called("write-held-back"); }
    void operator()(const sim::NodeRestarted &) { called("node-restarted"); }
};

} // namespace

void addFields(OrderedJson &value, const sim::EventDetail &detail) { std::visit(Fields{value}, detail); }

} // namespace resilience::io
