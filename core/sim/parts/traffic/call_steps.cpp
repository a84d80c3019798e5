// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/call_flow.h"

#include "core/sim/engine/bounds.h"

#include <algorithm>

// What a pipeline asks for and tells, carried out and told on.
namespace resilience::sim {

namespace {

RequestOutcome outcomeOf(const CallEnding &ending)
{
    if (ending.succeeded())
        return RequestOutcome::Succeeded;
    if (ending.timedOut())
        return RequestOutcome::TimedOut;
    return ending.by ? sim::outcomeOf(*ending.by).value_or(RequestOutcome::Failed) : RequestOutcome::Failed;
}

EventDetail decided(const RetryDecided &retry)
{
    if (retry.verdict.again())
        return RetryPlanned{retry.verdict.attempt, retry.verdict.delay, retry.verdict.range, retry.next};
    return RetryGivenUp{retry.verdict.reason};
}

uint64_t tokenOf(CallHandle call) { return uint64_t{call.serial} << 32U | call.place; }

constexpr uint8_t kNoPolicy = UINT8_MAX; // the caller's deadline

} // namespace

WakeUp CallFlow::wakeUpIn(const Pending &pending)
{
    WakeUp wake{.at = pending.at,
                .policy = {},
                .call = {static_cast<uint32_t>(pending.token), static_cast<uint32_t>(pending.token >> 32U)},
                .strand = static_cast<uint32_t>(pending.payload),
                .level = static_cast<uint32_t>(pending.payload >> 32U)};
    if (pending.detail != kNoPolicy)
        wake.policy = static_cast<PolicyKind>(pending.detail);
    return wake;
}

void CallFlow::startCall(OpenCall call, const Operation &operation, const Deadline &deadline, StepContext &context)
{
    call.key = ++m_lastCall;
    call.startedAt = context.now;
    const uint32_t pipeline = call.pipeline;
    m_calls.add(call);
    if (Request *parent = find(call.parent))
        parent->dependencyCall = call.key;
    BorrowedSteps steps(context.workspace);
    const CallHandle handle = m_pipelines[pipeline].start(call.key, operation, deadline, context.now, *steps);
    if (OpenCall *open = findCall(call.key))
        open->handle = handle;
    carryOut(pipeline, *steps, context);
}

Event CallFlow::eventOf(const OpenCall &call, EventDetail detail) const
{
    const uint32_t service = call.target.value_or(m_clients[call.client].config().target());
    return {.actor = Subject::client(call.client),
            .target = Subject::service(service),
            .request = call.id,
            .callNumber = call.callNumber,
            .attempt = std::max(call.sent, 1U),
            .caller = call.caller,
            .pipeline = call.pipeline,
            .detail = std::move(detail)};
}

void CallFlow::carryOut(uint32_t pipeline, const PipelineSteps &steps, StepContext &context)
{
    const size_t first = context.out.size();
    std::vector<std::pair<OpenCall, CallEnding>> dependencies; // that are done
    for (const PipelineStep &step : steps) {
        count(pipeline, step);
        if (const auto *wake = step.as<WakeUp>()) {
            context.schedule<CallFlow>(wake->at, Kind::PolicyTimer,
                                       {.token = tokenOf(wake->call),
                                        .payload = uint64_t{wake->level} << 32U | wake->strand,
                                        .actor = pipeline,
                                        .detail = wake->policy ? static_cast<uint8_t>(*wake->policy) : kNoPolicy});
        } else if (const auto *moved = step.as<BreakerMoved>()) {
            const Event *before = context.out.size() > first ? &context.out.back() : nullptr;
            Event event = breakerMoved(pipeline, *moved, context);
            // Which call moved it: the one whose event comes right before.
            if (before && !before->as<Transitioned>()) {
                event.request = before->request;
                event.callNumber = before->callNumber;
                event.actor = before->actor;
            }
            context.draft(event);
        } else if (const auto *end = step.as<CallDone>()) {
            const OpenCall &call = *findCall(step.key);
            if (call.parent == 0)
                endOriginal(call, end->ending, first, context);
            else
                dependencies.emplace_back(call, end->ending);
            m_calls.erase(step.key);
        } else {
            draftOf(*findCall(step.key), step, context);
        }
    }
    // A trial that was let through just now starts half-open's patience.
    const CircuitBreaker &breaker = m_pipelines[pipeline].breaker();
    if (breaker.nextDeadline() == saturatingAdd(context.now, breaker.config().halfOpenPatience()))
        scheduleBreaker(pipeline, context);
    context.recordDrafts(first);
    for (const auto &[call, ending] : dependencies)
        onDependencyDone(call.parent, ending.succeeded() || ending.fellBack, context);
}

// What a step says of one call.
void CallFlow::draftOf(OpenCall &call, const PipelineStep &step, StepContext &context)
{
    if (const auto *attempt = step.as<SendAttempt>()) {
        call.handle = step.call;
        context.draft(send(call, *attempt, context));
    } else if (const auto *over = step.as<AttemptOver>()) {
        context.draft(attemptOver(call, *over));
    } else if (const auto *back = step.as<PolicyRejected>()) {
        context.draft(
            eventOf(call, Rejected{back->why, back->retryAfter, back->state, back->since, back->generation, back->by}));
    } else if (const auto *wait = step.as<WaitBegun>()) {
        context.draft(eventOf(call, Queued{wait->at, wait->until}));
    } else if (const auto *went = step.as<WaitEnded>()) {
        context.draft(eventOf(call, Admitted{went->at, went->waited}));
    } else if (const auto *retry = step.as<RetryDecided>()) {
        context.draft(eventOf(call, decided(*retry)));
    } else if (const auto *hedge = step.as<AttemptHedged>()) {
        context.draft(eventOf(call, HedgeBegun{hedge->hedge, hedge->afterFailure}));
    } else if (const auto *late = step.as<RanOutOfTime>()) {
        context.draft(eventOf(call, OutOfTime{late->by}));
    }
}

void CallFlow::count(uint32_t pipeline, const PipelineStep &step)
{
    PipelineCounts &counts = m_counts[pipeline];
    const auto turnedAway = [&](PolicyKind by) { ++counts.turnedAway[static_cast<size_t>(by)]; };
    counts.sent += step.as<SendAttempt>() != nullptr;
    counts.waited += step.as<WaitBegun>() != nullptr;
    if (const auto *over = step.as<AttemptOver>()) {
        counts.attemptsSucceeded += over->how.succeeded();
        counts.attemptsFailed += over->how.outcome == Outcome::Failure && !over->how.by;
        counts.beaten += over->how.by == PolicyKind::Hedging;
        if (over->how.timedOut() && over->how.by)
            turnedAway(*over->how.by);
    } else if (const auto *back = step.as<PolicyRejected>()) {
        turnedAway(back->by);
    } else if (const auto *late = step.as<RanOutOfTime>()) {
        if (late->by)
            turnedAway(*late->by);
    } else if (step.as<AttemptHedged>()) {
        ++counts.hedges;
    } else if (const auto *retry = step.as<RetryDecided>()) {
        counts.retries += retry->verdict.again();
    } else if (const auto *done = step.as<CallDone>()) {
        counts.fellBack += done->ending.fellBack;
    } else if (const auto *moved = step.as<BreakerMoved>(); moved && moved->now.state == BreakerState::Open) {
        ++counts.openings;
        if (!counts.firstOpened)
            counts.firstOpened = moved->now.since;
    }
}

// The last of its events among the drafts says how it ended.
void CallFlow::endOriginal(const OpenCall &call, const CallEnding &how, size_t firstDraft, StepContext &context)
{
    const Ending ending{outcomeOf(how), context.now - call.startedAt, call.sent, how.fellBack};
    const auto isOfIt = [&call](const Event &event) {
        return event.request == call.id && event.caller == call.caller && !event.as<Transitioned>();
    };
    const auto last =
        std::find_if(context.out.rbegin(), context.out.rend() - static_cast<std::ptrdiff_t>(firstDraft), isOfIt);
    last->ends = ending;
    for (Totals *totals : {&m_totals, &totalsOf(call.client)}) {
        --totals->inFlight;
        ++totals->ended[static_cast<size_t>(ending.outcome)];
        totals->fellBack += ending.fellBack;
        totals->recovered += ending.outcome == RequestOutcome::Succeeded && call.sent > 1;
        if (ending.outcome != RequestOutcome::Succeeded)
            totals->unsuccessful = saturatingAdd(totals->unsuccessful, ending.took);
    }
    if (ending.outcome == RequestOutcome::Succeeded)
        m_successTimes[call.client].add(ending.took);
}

Event CallFlow::send(OpenCall &call, const SendAttempt &attempt, StepContext &context)
{
    const bool isFull = m_requests.size() >= kMostAttemptsInFlight;
    uint32_t service = m_clients[call.client].config().target();
    bool hasTarget = !isFull;
    if (call.target)
        service = *call.target;
    else if (const auto routed = isFull ? std::nullopt : m_clients[call.client].route())
        service = *routed;
    else
        hasTarget = false;
    if (isFull) {
        ++m_totals.notSent;
        ++totalsOf(call.client).notSent;
        context.draft(eventOf(call, NotTaken{m_requests.size()}));
    }
    Request request{.key = ++m_lastRequest,
                    .id = call.id,
                    .callNumber = call.callNumber,
                    .client = call.client,
                    .caller = call.caller,
                    .service = service,
                    .pipeline = call.pipeline,
                    .attempt = attempt.attempt,
                    .call = call.handle,
                    .parent = call.parent,
                    .permit = attempt.permit,
                    .sentAt = context.now,
                    .deadline = attempt.deadline,
                    .legStart = context.now,
                    .legEnd = saturatingAdd(context.now, context.network.latency())};
    const auto taken = [&](const OpenCall::Out &one) { return find(one.request)->place == request.place; };
    while (std::any_of(call.out.begin(), call.out.end(), taken))
        ++request.place;
    ++call.sent;
    call.out.push_back({attempt.attempt, request.key});
    if (call.parent == 0) {
        ++m_totals.attempts;
        ++totalsOf(call.client).attempts;
    }
    if (hasTarget) {
        const Link link = linkOf(request);
        request.lostOutbound = context.network.send(link, context.now).lost;
        request.lostInbound = context.network.losesAnswer(link);
        context.schedule<CallFlow>(request.legEnd, Kind::ReachService, {.token = request.key, .actor = request.client});
    } else { // nobody to send it to: it comes back at once
        request.leg = Leg::Inbound;
        request.failed = request.refused = request.unsent = true;
        request.legEnd = context.now;
        context.schedule<CallFlow>(context.now, Kind::ReachClient, {.token = request.key, .actor = request.client});
    }
    m_requests.add(request);
    Event event = eventOf(call, Sent{attempt.permit, attempt.state, attempt.trial});
    event.target = Subject::service(request.service);
    return event;
}

Event CallFlow::attemptOver(OpenCall &call, const AttemptOver &over)
{
    const auto out = std::find_if(call.out.begin(), call.out.end(),
                                  [&over](const OpenCall::Out &one) { return one.attempt == over.attempt; });
    Request *request = out == call.out.end() ? nullptr : find(out->request);
    const bool broken = request ? request->broken : over.how.failure.kind == ErrorKind::Other;
    const bool refused = request ? request->refused : over.how.failure.kind == ErrorKind::NotSent;
    const Subject service = request ? Subject::service(request->service) : eventOf(call, Cancelled{}).target;
    const bool wasTrial = request && request->permit.trial;
    if (out != call.out.end())
        call.out.erase(out.index);
    if (over.abandoned && request) {
        request->abandoned = true;
        request->beaten = over.how.by == PolicyKind::Hedging;
        if (request->leg == Leg::Lost)
            remove(request->key);
    }
    Event event = eventOf(call, Cancelled{over.how.by == PolicyKind::Hedging});
    event.target = service;
    event.attempt = over.attempt;
    if (over.how.outcome == Outcome::Cancelled)
        return event;
    Finished finished{.outcome = outcomeOf(over.how),
                      .took = over.took,
                      .refused = refused && !over.abandoned && !over.how.succeeded(),
                      .broken = broken && !over.abandoned && !over.how.succeeded(),
                      .timedOutBy = over.how.timedOut() ? over.how.by : std::nullopt,
                      .trial = wasTrial,
                      .recorded = Recorded::Nothing};
    if (const auto &judgement = over.judgement) {
        finished.slow = judgement->slow;
        finished.trial = judgement->trial;
        finished.state = judgement->state;
        finished.generation = judgement->generation;
        finished.recorded = judgement->recorded;
        finished.window = judgement->window;
        finished.trialsSucceeded = judgement->trialsSucceeded;
        finished.trialsFailed = judgement->trialsFailed;
    }
    event.detail = finished;
    return event;
}

Event CallFlow::breakerMoved(uint32_t pipeline, const BreakerMoved &moved, StepContext &context)
{
    scheduleBreaker(pipeline, context);
    const BreakerView &view = moved.now;
    const Transitioned detail{.move = {moved.from, *view.lastTrigger, view.state},
                              .generation = view.generation,
                              .window = view.lastWindow,
                              .trialsSucceeded = view.lastTrialsSucceeded,
                              .trialsFailed = view.lastTrialsFailed,
                              .trialsSlow = view.lastTrialsSlow,
                              .wait = view.openUntil ? *view.openUntil - view.since : Duration{}};
    return breakerEvent(pipeline, detail);
}

// Of a breaker by itself: no call has moved it.
Event CallFlow::breakerEvent(uint32_t pipeline, EventDetail detail) const
{
    const PipelineOwner &owner = m_owners[pipeline];
    Event event{.target = Subject::service(owner.target), .pipeline = pipeline, .detail = std::move(detail)};
    (owner.caller.isClient() ? event.actor : event.caller) = owner.caller;
    return event;
}

} // namespace resilience::sim
