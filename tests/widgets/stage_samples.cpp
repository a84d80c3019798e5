// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/stage_samples.h"

namespace samples {

using namespace resilience;
using namespace resilience::sim;
using std::chrono::milliseconds;

namespace {

Time t(double seconds) { return at(fromSeconds(seconds)); }

Snapshot base(double now)
{
    Snapshot snapshot;
    snapshot.scenario = "sample";
    snapshot.seed = 11;
    snapshot.now = t(now);
    snapshot.until = fromSeconds(40);
    snapshot.speed = 0.2;
    snapshot.playing = true;
    snapshot.networkLatency = milliseconds{100};
    ClientView client;
    client.name = "checkout";
    client.rate = 2;
    client.timeout = fromSeconds(1);
    client.rule.failureThreshold = 3;
    client.rule.openDuration = fromSeconds(5);
    client.breaker.generation = 1;
    snapshot.clients.push_back(client);
    ServiceView service;
    service.name = "payment-service";
    service.latency = milliseconds{200};
    snapshot.services.push_back(service);
    return snapshot;
}

ClientView &client(Snapshot &snapshot) { return snapshot.clients[0]; }
BreakerView &breaker(Snapshot &snapshot) { return snapshot.clients[0].breaker; }
void fault(Snapshot &snapshot, FaultKind kind, double value = 1)
{
    snapshot.services[0].faults[static_cast<size_t>(kind)] = value;
}

void ended(Snapshot &snapshot, RequestOutcome outcome, double when, uint64_t generation = 1, bool trial = false)
{
    const uint64_t n = snapshot.recent.size() + 1;
    RecentEnd end{
        .event = n * 4, .request = n, .outcome = outcome, .at = t(when), .trial = trial, .generation = generation};
    if (outcome == RequestOutcome::ShortCircuited)
        end.recorded = Recorded::Nothing;
    snapshot.recent.push_back(end);
    ++snapshot.totals.offered;
    ++snapshot.totals.ended[static_cast<size_t>(outcome)];
}

void ends(Snapshot &snapshot, const std::string &pattern, double from, double gap, uint64_t generation = 1,
          bool trial = false)
{
    for (char c : pattern) {
        ended(snapshot,
              c == 'f'   ? RequestOutcome::Failed
              : c == 't' ? RequestOutcome::TimedOut
              : c == 'x' ? RequestOutcome::ShortCircuited
                         : RequestOutcome::Succeeded,
              from, generation, trial);
        from += gap;
    }
}

Request &flight(Snapshot &snapshot, uint64_t id, Leg leg, double share, double length = 0.1)
{
    const Time now = snapshot.now;
    Request request{.key = id,
                    .id = id,
                    .permit = {breaker(snapshot).generation, false},
                    .sentAt = now,
                    .deadline = resilience::Deadline::at(now + fromSeconds(1)),
                    .leg = leg,
                    .legStart = now - fromSeconds(share * length),
                    .legEnd = now + fromSeconds((1 - share) * length)};
    if (leg == Leg::Lost)
        request.legEnd = kTimeMax;
    snapshot.requests.push_back(request);
    ++snapshot.totals.offered;
    ++snapshot.totals.inFlight;
    return snapshot.requests.back();
}

void enter(Snapshot &snapshot, BreakerState state, BreakerTrigger trigger, double since, uint64_t generation)
{
    BreakerView &view = breaker(snapshot);
    view.state = state;
    view.lastTrigger = trigger;
    view.since = t(since);
    view.generation = generation;
}

} // namespace

Snapshot paused(Snapshot snapshot)
{
    snapshot.playing = false;
    return snapshot;
}

Snapshot notStarted()
{
    Snapshot snapshot = paused(base(0));
    snapshot.next = Upcoming{.at = t(0.5), .isArrival = true, .words = "a new call of checkout", .brief = "a new call"};
    return snapshot;
}

Snapshot closedAndWell()
{
    Snapshot snapshot = base(8.3);
    ends(snapshot, "oooofooooooo", 1.4, 0.5);
    flight(snapshot, 17, Leg::Outbound, 0.5);
    flight(snapshot, 16, Leg::Serving, 0.4, 0.2);
    flight(snapshot, 15, Leg::Inbound, 0.6);
    return snapshot;
}

Snapshot twoFailures()
{
    Snapshot snapshot = base(11.2);
    ends(snapshot, "oooofooooooff", 4.4, 0.5);
    fault(snapshot, FaultKind::Outage);
    breaker(snapshot).window = {.calls = 13, .failures = 3, .consecutiveFailures = 2};
    flight(snapshot, 17, Leg::Inbound, 0.45).failed = true;
    return snapshot;
}

Snapshot open()
{
    Snapshot snapshot = base(15.0);
    ends(snapshot, "oooofooo", 5.0, 0.5);
    ends(snapshot, "fff", 11.0, 0.5);
    ends(snapshot, "xxxx", 12.6, 0.5);
    ended(snapshot, RequestOutcome::ShortCircuited, 14.96);
    fault(snapshot, FaultKind::Outage);
    enter(snapshot, BreakerState::Open, BreakerTrigger::ThresholdReached, 12.4, 2);
    breaker(snapshot).openingsInARow = 1;
    breaker(snapshot).openUntil = t(17.4);
    breaker(snapshot).lastWindow = {.calls = 11, .failures = 4, .consecutiveFailures = 3};
    Request &late = flight(snapshot, 14, Leg::Inbound, 0.4);
    late.failed = true;
    late.permit.generation = 1;
    return snapshot;
}

Snapshot waitOver()
{
    Snapshot snapshot = open();
    snapshot.now = t(17.6);
    snapshot.requests.clear();
    breaker(snapshot).halfOpenAllowed = true;
    return snapshot;
}

Snapshot halfOpen()
{
    Snapshot snapshot = base(18.4);
    ends(snapshot, "ooooofff", 8.0, 0.5);
    ends(snapshot, "xxxxxxxxxxx", 12.6, 0.45);
    ended(snapshot, RequestOutcome::Succeeded, 18.2, 3, true);
    enter(snapshot, BreakerState::HalfOpen, BreakerTrigger::CallAfterWait, 17.6, 3);
    BreakerView &view = breaker(snapshot);
    view.openingsInARow = 1;
    view.trialsGiven = 2;
    view.trialsSucceeded = 1;
    view.halfOpenDeadline = t(22.6);
    flight(snapshot, 24, Leg::Outbound, 0.55).permit.trial = true;
    return snapshot;
}

Snapshot reopened()
{
    Snapshot snapshot = base(19.4);
    ends(snapshot, "ooooofff", 8.0, 0.5);
    ends(snapshot, "xxxxxxxxxx", 12.6, 0.45);
    ends(snapshot, "of", 18.2, 0.5, 3, true);
    enter(snapshot, BreakerState::Open, BreakerTrigger::TrialsFailed, 18.7, 4);
    BreakerView &view = breaker(snapshot);
    view.openingsInARow = 2;
    view.openUntil = t(23.7);
    view.lastTrialsSucceeded = 1;
    view.lastTrialsFailed = 1;
    fault(snapshot, FaultKind::ErrorRate, 0.5);
    return snapshot;
}

Snapshot forcedOpen()
{
    Snapshot snapshot = closedAndWell();
    ends(snapshot, "xxx", 7.0, 0.4);
    snapshot.requests.clear();
    enter(snapshot, BreakerState::ForcedOpen, BreakerTrigger::HoldOpen, 6.9, 2);
    return snapshot;
}

Snapshot disabled()
{
    Snapshot snapshot = closedAndWell();
    enter(snapshot, BreakerState::Disabled, BreakerTrigger::Disable, 6.9, 2);
    return snapshot;
}

Snapshot metricsOnly()
{
    Snapshot snapshot = closedAndWell();
    enter(snapshot, BreakerState::MetricsOnly, BreakerTrigger::WatchOnly, 2.9, 2);
    breaker(snapshot).window = {.calls = 11, .failures = 2, .consecutiveFailures = 0};
    return snapshot;
}

Snapshot countWindow()
{
    Snapshot snapshot = base(11.2);
    ends(snapshot, "ooooofoofofooooff", 2.4, 0.5);
    CircuitBreakerConfig &rule = client(snapshot).rule;
    rule.window.kind = OutcomeWindowConfig::Kind::Count;
    rule.window.calls = 10;
    rule.minimumCalls = 10;
    breaker(snapshot).window = {.calls = 10, .failures = 4, .consecutiveFailures = 2};
    fault(snapshot, FaultKind::ErrorRate, 0.5);
    flight(snapshot, 18, Leg::Outbound, 0.3);
    return snapshot;
}

Snapshot slowWindow()
{
    Snapshot snapshot = countWindow();
    CircuitBreakerConfig &rule = client(snapshot).rule;
    rule.slowCallRateThreshold = Ratio::of(0.6);
    rule.slowCallDuration = fromSeconds(1);
    breaker(snapshot).window = {.calls = 10, .failures = 1, .slow = 5, .consecutiveFailures = 0};
    snapshot.services[0].faults = {};
    fault(snapshot, FaultKind::Latency, 2);
    for (size_t i = 8; i < snapshot.recent.size(); i += 2)
        snapshot.recent[i].slow = true;
    for (uint64_t id = 19; id < 24; ++id)
        flight(snapshot, id, Leg::Serving, (24 - id) * 0.18, 2.0);
    return snapshot;
}

Snapshot hanging()
{
    Snapshot snapshot = base(9.0);
    ends(snapshot, "oooooott", 2.4, 0.8);
    fault(snapshot, FaultKind::Hang);
    breaker(snapshot).window = {.calls = 8, .failures = 2, .consecutiveFailures = 2};
    flight(snapshot, 9, Leg::Lost, 0.5, 1);
    flight(snapshot, 10, Leg::Lost, 0.5, 1);
    snapshot.requests[0].abandoned = true;
    flight(snapshot, 11, Leg::Outbound, 0.6);
    return snapshot;
}

Snapshot veryFast()
{
    Snapshot snapshot = base(20.0);
    snapshot.speed = 5;
    client(snapshot).rate = 200;
    for (int i = 0; i < 64; ++i)
        ended(snapshot, i % 5 == 4 ? RequestOutcome::ShortCircuited : RequestOutcome::Succeeded, 19.68 + i * 0.005);
    snapshot.totals.ended[static_cast<size_t>(RequestOutcome::ShortCircuited)] = 1512;
    for (uint64_t id = 4000; id < 4040; ++id)
        flight(snapshot, id, id % 2 ? Leg::Serving : Leg::Outbound, 0.5);
    return snapshot;
}

Snapshot manyCauses()
{
    Snapshot snapshot = open();
    snapshot.totals.ended[static_cast<size_t>(RequestOutcome::Rejected)] = 7;
    snapshot.totals.ended[static_cast<size_t>(RequestOutcome::Throttled)] = 12;
    return snapshot;
}

Snapshot longNames()
{
    Snapshot snapshot = open();
    snapshot.clients[0].name = "order-fulfilment-frontend";
    snapshot.services[0].name = "international-payment-gateway";
    fault(snapshot, FaultKind::ErrorRate, 0.255);
    fault(snapshot, FaultKind::Latency, 2);
    snapshot.clients[0].rule.failureThreshold = 100;
    snapshot.clients[0].breaker.lastWindow.consecutiveFailures = 100;
    snapshot.totals.ended[static_cast<size_t>(RequestOutcome::ShortCircuited)] = 1234567;
    return snapshot;
}

Snapshot brokenOnPurpose()
{
    Snapshot snapshot = longNames();
    snapshot.faultyVariants = {0};
    RunSoFar ours{.states = {{t(0), BreakerState::Closed},
                             {t(6.4), BreakerState::Open},
                             {t(11.5), BreakerState::HalfOpen},
                             {t(11.9), BreakerState::Open}},
                  .totals = snapshot.totals,
                  .refused = 1234};
    RunSoFar correct = ours;
    correct.states.pop_back();
    correct.totals.ended[static_cast<size_t>(RequestOutcome::Succeeded)] += 120;
    correct.refused = 56;
    snapshot.beside = BesideCorrect{t(2), ours, correct};
    return snapshot;
}

std::vector<Sample> all()
{
    Snapshot stepping = paused(closedAndWell());
    stepping.next = Upcoming{.at = t(12.4),
                             .where = Upcoming::Where::Service,
                             .request = 17,
                             .callNumber = 17,
                             .words = "call 17 reaches payment-service",
                             .brief = "call 17 arrives"};
    return {{"not-started", notStarted()},
            {"closed", closedAndWell()},
            {"two-failures", twoFailures()},
            {"open", open()},
            {"open-paused", paused(open())},
            {"wait-over", waitOver()},
            {"half-open", halfOpen()},
            {"half-open-paused", paused(halfOpen())},
            {"reopened", reopened()},
            {"forced-open", forcedOpen()},
            {"disabled", disabled()},
            {"metrics-only", metricsOnly()},
            {"count-window", countWindow()},
            {"slow-window", slowWindow()},
            {"hanging", hanging()},
            {"very-fast", veryFast()},
            {"many-causes", manyCauses()},
            {"long-names", longNames()},
            {"stepping", stepping},
            {"broken", brokenOnPurpose()},
            {"broken-paused", paused(brokenOnPurpose())}};
}

} // namespace samples
