// SPDX-License-Identifier: MIT
#include "core/sim/event_digest.h"

namespace resilience::sim {

namespace {

struct Digest {
    Fingerprint &to;

    template <typename... T> void words(T... values) { (to.add(static_cast<uint64_t>(values)), ...); }
    void duration(const std::optional<Duration> &d) { words(d.has_value(), d.value_or(Duration{}).count()); }
    void window(const WindowCounts &w) { words(w.calls, w.failures, w.slow, w.consecutiveFailures); }

    void operator()(const Offered &) {}
    void operator()(const Sent &e) { words(e.permit.generation, e.permit.trial, e.state, e.trial); }
    void operator()(const TurnedAway &e)
    {
        words(e.why, e.state);
        duration(e.retryAfter);
    }
    void operator()(const ReachedService &) {}
    void operator()(const Answered &e) { words(e.failed, e.refused); }
    void operator()(const Finished &e)
    {
        words(e.outcome, e.took.count(), e.slow, e.refused, e.trial, e.state, e.generation, e.recorded);
        window(e.window);
        words(e.trialsSucceeded, e.trialsFailed);
    }
    void operator()(const LateAnswer &) {}
    void operator()(const Transitioned &e)
    {
        words(e.move.from, e.move.trigger, e.move.to, e.generation, e.wait.count());
        window(e.window);
        words(e.trialsSucceeded, e.trialsFailed);
    }
    void operator()(const WaitOver &) {}
    void operator()(const FaultSet &e) { words(e.kind, std::bit_cast<uint64_t>(e.value)); }
    void operator()(const FaultCleared &e) { words(e.kind); }
    void operator()(const KnobTurned &e) { words(e.knob, std::bit_cast<uint64_t>(e.value)); }
};

} // namespace

void digest(Fingerprint &fingerprint, const Event &event)
{
    Digest add{fingerprint};
    add.words(event.at.time_since_epoch().count(), event.detail.index(), event.client, event.service, event.request,
              event.attempt);
    std::visit(add, event.detail);
}

} // namespace resilience::sim
