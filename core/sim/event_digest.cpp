// SPDX-License-Identifier: MIT
#include "core/sim/event_digest.h"

#include "core/sim/knobs.h"

#include <bit>

namespace resilience::sim {

namespace {

struct Digest {
    Fingerprint &to;

    template <typename... T> void words(T... values) { (to.add(static_cast<uint64_t>(values)), ...); }
    void duration(const std::optional<Duration> &d) { words(d.has_value(), d.value_or(Duration{}).count()); }
    void time(Time t) { words(t.time_since_epoch().count()); }
    void real(double value) { words(std::bit_cast<uint64_t>(value)); }
    void window(const WindowCounts &w) { words(w.calls, w.failures, w.slow, w.consecutiveFailures); }

    void operator()(const Offered &) {}
    void operator()(const Sent &e) { words(e.permit.generation, e.permit.trial, e.state, e.trial); }
    void operator()(const TurnedAway &e)
    {
        words(e.why, e.state, e.by);
        duration(e.retryAfter);
    }
    void operator()(const Queued &e)
    {
        words(e.at);
        time(e.until.value_or(kTimeMax));
    }
    void operator()(const WentOn &e) { words(e.at, e.waited.count()); }
    void operator()(const RetryPlanned &e)
    {
        words(e.attempt, e.delay.count(), e.range.low.count(), e.range.high.count());
    }
    void operator()(const RetryGivenUp &e) { words(e.why); }
    void operator()(const OutOfTime &e)
    {
        if (e.by)
            words(*e.by);
    }
    void operator()(const HedgeBegun &e) { words(e.hedge, e.afterFailure); }
    void operator()(const ReachedService &e) { words(e.queued); }
    void operator()(const Answered &e) { words(e.failed, e.refused, e.overloaded, e.carriedOut, e.again, e.stored); }
    void operator()(const MessageLost &e) { words(e.answer); }
    void operator()(const Dropped &) {}
    void operator()(const Finished &e)
    {
        words(e.outcome, e.took.count(), e.slow, e.refused, e.trial, e.state, e.generation, e.recorded);
        window(e.window);
        words(e.trialsSucceeded, e.trialsFailed);
    }
    void operator()(const Cancelled &e)
    {
        if (e.beaten)
            words(e.beaten);
    }
    void operator()(const LateAnswer &) {}
    void operator()(const Transitioned &e)
    {
        words(e.move.from, e.move.trigger, e.move.to, e.generation, e.wait.count());
        window(e.window);
        words(e.trialsSucceeded, e.trialsFailed);
    }
    void operator()(const WaitOver &) {}
    void operator()(const FaultSet &e)
    {
        words(e.kind);
        real(e.value);
    }
    void operator()(const FaultCleared &e) { words(e.kind); }
    void operator()(const KnobTurned &e)
    {
        to.add(std::string_view(knobs()[e.knob].id)); // not its number: others may come before it
        real(e.value);
    }
    void operator()(const PoliciesSet &e)
    {
        words(e.pipeline, e.order.size());
        for (const PolicyKind kind : e.order)
            words(kind);
    }
    void operator()(const ProbeSent &e) { words(e.kind); }
    void operator()(const ProbeEnded &e) { words(e.kind, e.succeeded, e.timedOut, e.latency.count(), e.status); }
    void operator()(const HealthChanged &e) { words(e.from, e.to, e.live, e.routed); }
    void operator()(const Restarting &e) { words(e.takes.count()); }
    void operator()(const Restarted &) {}
    void operator()(const LockAsked &e) { words(e.kind, e.round); }
    void operator()(const LockVoted &e) { words(e.reply, e.round); }
    void operator()(const LockDecided &e)
    {
        words(e.outcome, e.votes, e.token, e.othersHold);
        duration(e.validity);
    }
    void operator()(const LeaseOver &e) { words(e.known); }
    void operator()(const WriteTried &e) { words(e.token, e.accepted, e.stale); }
    void operator()(const WriteHeldBack &) {}
    void operator()(const NodeRestarted &) {}
};

} // namespace

void digest(Fingerprint &fingerprint, const Event &event)
{
    Digest add{fingerprint};
    add.words(event.at.time_since_epoch().count(), event.detail.index(), event.client, event.service, event.request,
              event.attempt, event.caller, event.pipeline);
    if (event.ends)
        add.words(event.ends->outcome, event.ends->took.count(), event.ends->attempts, event.ends->fellBack);
    std::visit(add, event.detail);
}

} // namespace resilience::sim
