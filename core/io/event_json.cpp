// SPDX-License-Identifier: MIT
#include "core/io/event_json.h"

#include "core/io/intervention_value.h"
#include "core/io/json_text.h"
#include "core/io/seconds_json.h"

#include <variant>

#include <array>

namespace resilience::io {

namespace {

const char *word(Rejection why)
{
    switch (why) {
    case Rejection::None: return "none";
    case Rejection::Open: return "open";
    case Rejection::TrialsTaken: return "trials-taken";
    case Rejection::ForcedOpen: return "forced-open";
    case Rejection::Throttled: return "throttled";
    case Rejection::ExceedsCapacity: return "exceeds-capacity";
    case Rejection::QueueFull: return "queue-full";
    case Rejection::DeadlinePassed: return "deadline-passed";
    case Rejection::BudgetSpent: return "budget-spent";
    case Rejection::Cancelled: return "cancelled";
    case Rejection::WaitedInVain: return "waited-in-vain";
    case Rejection::ProbeRunning: return "probe-running";
    }
    return "?";
}

const char *word(Recorded recorded)
{
    switch (recorded) {
    case Recorded::Counted:
        return "counted";
    case Recorded::Neutral:
        return "neutral";
    case Recorded::Late:
        return "late";
    case Recorded::Nothing:
        return "nothing";
    }
    return "?";
}

OrderedJson windowToValue(const WindowCounts &window)
{
    return {{"calls", window.calls},
            {"failures", window.failures},
            {"slow", window.slow},
            {"consecutive_failures", window.consecutiveFailures}};
}

// Adds the event's name and the fields of its own.
struct Describe {
    OrderedJson &value;

    void operator()(const sim::Offered &) { value["event"] = "offered"; }
    void operator()(const sim::Sent &sent)
    {
        value["event"] = "sent";
        value["state"] = name(sent.state);
        value["generation"] = sent.permit.generation;
        value["trial"] = sent.trial;
    }
    void operator()(const sim::TurnedAway &turned)
    {
        value["event"] = "turned-away";
        value["why"] = word(turned.why);
        if (turned.retryAfter)
            value["retry_after"] = secondsNumber(*turned.retryAfter);
        value["state"] = name(turned.state);
        value["since"] = secondsNumber(turned.since);
        value["generation"] = turned.generation;
    }
    void operator()(const sim::ReachedService &) { value["event"] = "reached-service"; }
    void operator()(const sim::Answered &answered)
    {
        value["event"] = "answered";
        value["failed"] = answered.failed;
        value["refused"] = answered.refused;
    }
    void operator()(const sim::Finished &finished)
    {
        value["event"] = "finished";
        value["outcome"] = key(finished.outcome);
        value["took"] = secondsNumber(finished.took);
        value["slow"] = finished.slow;
        value["refused"] = finished.refused;
        value["trial"] = finished.trial;
        value["state"] = name(finished.state);
        value["generation"] = finished.generation;
        value["recorded"] = word(finished.recorded);
        value["window"] = windowToValue(finished.window);
        value["trials_succeeded"] = finished.trialsSucceeded;
        value["trials_failed"] = finished.trialsFailed;
    }
    void operator()(const sim::LateAnswer &) { value["event"] = "late-answer"; }
    void operator()(const sim::Transitioned &moved)
    {
        value["event"] = "transitioned";
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
    void operator()(const sim::WaitOver &) { value["event"] = "wait-over"; }
    void operator()(const sim::FaultSet &set)
    {
        value["event"] = "fault-set";
        value["kind"] = spec(set.kind).name;
        addFaultValue(value, set.kind, set.value);
    }
    void operator()(const sim::FaultCleared &cleared)
    {
        value["event"] = "fault-cleared";
        value["kind"] = spec(cleared.kind).name;
    }
    void operator()(const sim::KnobTurned &turned)
    {
        value["event"] = "knob-turned";
        value.update(turnKnobToValue({turned.knob, turned.value}));
    }
    void operator()(const sim::LockAsked &asked)
    {
        value["event"] = "lock-asked";
        value["request"] = asked.kind == LockRequest::Kind::Acquire ? "acquire" : asked.kind == LockRequest::Kind::Extend ? "extend" : "release";
    }
    void operator()(const sim::LockVoted &voted)
    {
        value["event"] = "lock-voted";
        value["granted"] = voted.reply == LockReply::Granted;
    }
    void operator()(const sim::LockDecided &decided)
    {
        constexpr std::array outcomes{"none", "acquired", "not-acquired", "extended", "not-extended", "released", "not-released", "lost", "refused"};
        value["event"] = "lock-decided";
        value["outcome"] = outcomes[static_cast<size_t>(decided.outcome)];
        value["votes"] = decided.votes;
        if (decided.validity)
            value["validity"] = secondsNumber(*decided.validity);
        if (decided.token > 0)
            value["token"] = decided.token;
        value["others_hold"] = decided.othersHold;
    }
    void operator()(const sim::LeaseOver &over)
    {
        value["event"] = "lease-over";
        value["known"] = over.known;
    }
    void operator()(const sim::WriteTried &tried)
    {
        value["event"] = "write-tried";
        value["token"] = tried.token;
        value["accepted"] = tried.accepted;
        value["stale"] = tried.stale;
    }
    void operator()(const sim::WriteHeldBack &) { value["event"] = "write-held-back"; }
    void operator()(const sim::NodeRestarted &) { value["event"] = "node-restarted"; }
    template <typename Other> void operator()(const Other &) { value["event"] = "other"; }
};

} // namespace

std::string eventToLine(const sim::Event &event, const sim::Scenario &scenario)
{
    OrderedJson value{{"number", event.number}, {"at", secondsNumber(event.at)}};
    std::visit(Describe{value}, event.detail);
    const bool isFault = event.as<sim::FaultSet>() || event.as<sim::FaultCleared>();
    if (event.as<sim::KnobTurned>())
        return toLine(value);
    const sim::Component component = componentsOf(scenario)[event.service];
    if (component.kind == sim::ComponentKind::Service) {
        if (!isFault)
            value["client"] = scenario.clients[event.client].name;
        value["service"] = component.name;
    } else {
        const bool nobodys = isFault || event.as<sim::NodeRestarted>();
        if (!nobodys)
            value["holder"] = scenario.lock.holders[event.client].name;
        if (nobodys || component.kind == sim::ComponentKind::LockNode)
            value[component.kind == sim::ComponentKind::LockNode ? "node" : "holder"] = component.name;
    }
    if (event.request > 0) {
        value["request"] = event.request;
        value["attempt"] = event.attempt;
    }
    return toLine(value);
}

} // namespace resilience::io
