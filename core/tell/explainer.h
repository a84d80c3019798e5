// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"
#include "core/tell/explain.h"
#include "core/tell/figures.h"
#include "core/tell/transcript.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resilience::sim {

// Puts one event into words, one operator() a kind of event. Private to this folder.
struct Explainer {
    const Timeline &timeline;
    const Event &event;
    const World &before;
    Explanation out{};

    const Pipeline &pipeline() const;
    const CircuitBreakerConfig &rule() const { return pipeline().breaker().config(); }
    std::string service() const; // the name of event.target, whatever it is
    std::string holder() const; // of a lock event
    std::string named(const Event &one) const; // its call: "17"; where others make it too, "17 of orders-split"
    std::string call() const; // "Call 17", "Call 17 from gateway"
    std::string attempt() const; // "Attempt 2 of call 17"; as call() where nothing is tried again
    std::string now() const; // "8.1 s"
    void say(std::string title, std::string text, std::string rule = {});

    // The latest event before this one that is wanted; null when the log has none.
    template <typename Wanted> const Event *latest(Wanted wanted) const
    {
        const EventLog &log = timeline.history().log();
        for (uint64_t number = event.number; number-- > log.firstNumber();)
            if (const Event *other = log.numbered(number); other && wanted(*other))
                return other;
        return nullptr;
    }
    // Of those that happened at the very moment of this one, before or after it, the nearest that is wanted.
    template <typename Wanted> const Event *atOnce(Wanted wanted) const
    {
        const EventLog &log = timeline.history().log();
        for (const int step : {-1, 1})
            for (uint64_t number = event.number + static_cast<uint64_t>(step);; number += static_cast<uint64_t>(step)) {
                const Event *other = log.numbered(number);
                if (!other || other->at != event.at)
                    break;
                if (wanted(*other))
                    return other;
            }
        return nullptr;
    }
    // Kinds of events that have no more to say than their line.
    template <typename Kind> void operator()(const Kind &)
    {
        out.title = consoleLine(event, timeline.scenario()).value_or(Kind::kName);
    }
    bool sameCall(const Event &other) const;
    const RetryPlanned *plannedBefore() const; // the latest wait of this call; null when there was none

    // explain_breaker.cpp
    const Event *transitionInto(uint64_t generation) const;
    void lightUp(uint64_t generation, size_t most, bool onlyFailures);
    std::string whoCounted() const;
    void opened(const Transitioned &moved);
    void openedAgain(const Transitioned &moved);
    void triedAfterWait(const Transitioned &moved);
    void closed(const Transitioned &moved);
    void turnedAwayByBreaker(const Rejected &away);
    void trialsTaken(const Rejected &away);
    std::string judgementOf(const Finished &finished) const;
    void operator()(const Transitioned &moved);
    void operator()(const WaitOver &);

    // explain_limiter.cpp
    void turnedAwayByLimiter(const Rejected &away);
    std::string permitGiven(); // what the limiter gave this attempt; "" when it was not asked
    void waitsForTurn(const Queued &queued);

    // explain_bulkhead.cpp
    void turnedAwayByBulkhead(const Rejected &away);
    std::string slotGiven() const;
    void waitsForSlot(const Queued &queued);
    void operator()(const Admitted &went);

    // explain_gate.cpp
    void turnedAwayByGate(const Rejected &away);
    void waitsAtGate(const Queued &queued);

    // explain_retry.cpp
    void operator()(const RetryPlanned &planned);
    void operator()(const RetryGivenUp &given);
    void outOfRetryTime();
    void budgetSpent();

    // explain_calls.cpp
    bool asked(PolicyKind kind) const; // whether that policy let this attempt pass just now
    std::string whatNext() const; // after a failed attempt
    std::string howItFailed(const Finished &finished) const;
    void operator()(const Offered &);
    void operator()(const Sent &sent);
    void operator()(const Rejected &away);
    void operator()(const Queued &queued);
    void operator()(const HedgeBegun &hedge);
    void operator()(const OutOfTime &late);
    void operator()(const Finished &finished);
    void operator()(const Cancelled &cancelled);
    void operator()(const LateAnswer &);

    // explain_service.cpp
    bool broken(const Event &answer) const; // it crashed at that moment: no answer at all
    void operator()(const ReachedService &reached);
    void operator()(const Answered &answered);
    void operator()(const MessageLost &lost);
    void operator()(const NotTaken &full);
    void operator()(const Dropped &);
    void operator()(const FaultSet &set);
    void operator()(const FaultCleared &cleared);
    void operator()(const KnobTurned &turned);
    void operator()(const PoliciesSet &set);

    // explain_health.cpp
    void operator()(const ProbeSent &sent);
    void operator()(const ProbeEnded &ended);
    void becameHealthy(const HealthChanged &changed, const ProbeEnded *result);
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
