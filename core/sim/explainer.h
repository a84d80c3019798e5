// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/explain.h"
#include "core/sim/timeline.h"

#include <cstdint>
#include <string>

namespace resilience::sim {

std::string count(uint64_t n, const char *one, const char *many); // "1 failure", "3 failures"
std::string percent(uint64_t hits, uint64_t total); // "12.5 %"
std::string percent(Ratio ratio);

// Puts one event into words, one operator() a kind of event. Private to explain*.cpp.
struct Explainer {
    const Timeline &timeline;
    const Event &event;
    World before;
    Explanation out{};

    const Pipeline &pipeline() const;
    const CircuitBreakerConfig &rule() const { return pipeline().breaker().config(); }
    std::string service() const; // the name of event.service, whatever it is
    std::string holder() const; // of a lock event
    std::string call() const; // "Call 17", "Call 17, gateway to payment,"
    void say(std::string title, std::string text);

    // explain_breaker.cpp
    const Event *transitionInto(uint64_t generation) const;
    void lightUp(uint64_t generation, size_t most, bool onlyFailures);
    std::string thresholdReason(const WindowCounts &window) const;
    std::string reason(const Transitioned &moved) const;
    void turnedAwayByBreaker(const TurnedAway &away);
    std::string judgementOf(const Finished &finished) const;
    void operator()(const Transitioned &moved);
    void operator()(const WaitOver &);

    // explain_calls.cpp
    void operator()(const Offered &);
    void operator()(const Sent &sent);
    void operator()(const TurnedAway &away);
    void operator()(const Queued &queued);
    void operator()(const WentOn &went);
    void operator()(const RetryPlanned &planned);
    void operator()(const RetryGivenUp &given);
    void operator()(const OutOfTime &late);
    void operator()(const ReachedService &reached);
    void operator()(const Answered &answered);
    void operator()(const MessageLost &lost);
    void operator()(const Dropped &);
    void operator()(const Finished &finished);
    void operator()(const Cancelled &);
    void operator()(const LateAnswer &);
    void operator()(const FaultSet &set);
    void operator()(const FaultCleared &cleared);
    void operator()(const KnobTurned &turned);
    void operator()(const PoliciesSet &set);

    // explain_health.cpp
    void operator()(const ProbeSent &sent);
    void operator()(const ProbeEnded &ended);
    void operator()(const HealthChanged &changed);
    void operator()(const Restarting &restarting);
    void operator()(const Restarted &);

    // explain_lock.cpp
    std::vector<uint64_t> answersBefore(uint64_t most) const; // to the holder, since it last knew
    void operator()(const LockAsked &asked);
    void operator()(const LockVoted &voted);
    void operator()(const LockDecided &decided);
    void operator()(const LeaseOver &over);
    void operator()(const WriteTried &tried);
    void operator()(const WriteHeldBack &);
    void operator()(const NodeRestarted &);
};

} // namespace resilience::sim
