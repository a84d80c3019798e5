// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/decision.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/sim/engine/request_outcome.h"
#include "core/sim/engine/subject.h"
#include "core/time.h"

#include <array>
#include <cstdint>

namespace resilience::sim {

/// Where one attempt is on its way.
enum class Leg : uint8_t {
    Outbound, // from the caller to the service
    Queued, // at the service, waiting for a worker
    Serving, // being worked on
    Inbound, // the answer is on its way back
    Lost, // no answer will come
};

/// One attempt on its way. It stays here until its answer is back, even if its caller gave up on it before.
struct Request {
    uint64_t key = 0; // 1, 2, 3, ... over all attempts; no two are equal
    uint64_t id = 0; // 1, 2, 3, ... in the order offered; the same for everything done for one original
    uint64_t callNumber = 0; // what people call it; see Event
    uint32_t client = 0; // index: whose original it is
    Subject caller{}; // the service that made it as part of its own work; nobody = the client
    uint32_t service = 0; // index
    uint32_t pipeline = 0; // index: what it passed through
    uint32_t attempt = 1;
    uint32_t place = 0; // side by side with others of its call, where it hedges: no two that are out have the same
    CallHandle call{};
    uint64_t parent = 0; // the request that the caller works on; 0 = the client made it
    Permit permit{};
    Time sentAt{};
    Deadline deadline{}; // when its caller gives up
    Leg leg = Leg::Outbound;
    Time legStart{};
    Time legEnd{}; // kTimeMax when nobody can tell yet
    Duration takes{}; // inside the service, what its dependencies take not included
    uint32_t nextDependency = 0; // serving: which dependency is called next
    uint64_t dependencyCall = 0; // ... and the key of the latest such call; 0 = none yet
    bool failed = false; // what the answer says, from Inbound on; before, what it will say
    bool refused = false; // ... and that nobody was there to give another
    bool broken = false; // it says nothing: the service went down
    bool overloaded = false; // ... and that there was no room for it
    bool lostOutbound = false; // the network will lose it
    bool lostInbound = false; // ... or its answer
    bool unsent = false; // there was nobody to send it to
    bool abandoned = false; // its caller has given up; the answer will be late
    bool beaten = false; // ... because another attempt of the call has answered

    bool operator==(const Request &) const = default;
};

constexpr double attemptsPerCall(uint64_t attempts, uint64_t calls)
{
    return calls == 0 ? 0 : static_cast<double>(attempts) / static_cast<double>(calls);
}

/// Counts of originals by how they ended. offered == the six outcomes + inFlight, at every event.
struct Totals {
    uint64_t offered = 0;
    std::array<uint64_t, kOutcomeCount> ended{};
    uint64_t inFlight = 0;
    uint64_t notTaken = 0; // came when the run was full; not among the offered
    uint64_t notSent = 0; // attempts that failed because it was
    uint64_t attempts = 0; // of originals: sent to a service
    uint64_t late = 0; // answers to them that came after their client had given up
    uint64_t recovered = 0; // of those that succeeded: with more than one attempt
    uint64_t fellBack = 0; // of those that did not succeed: answered by a fallback
    Duration unsuccessful{0}; // how long those that did not succeed took, added up

    uint64_t notSucceeded() const
    {
        uint64_t count = 0;
        for (const RequestOutcome outcome : kRequestOutcomes)
            count += outcome == RequestOutcome::Succeeded ? 0 : of(outcome);
        return count;
    }
    uint64_t of(RequestOutcome outcome) const { return ended[static_cast<size_t>(outcome)]; }
    /// What everybody means by it: attempts that were sent, to each call that was offered. 0 before the first.
    double attemptsPerCall() const { return sim::attemptsPerCall(attempts, offered); }
    void add(const Totals &other)
    {
        offered += other.offered;
        for (size_t i = 0; i < kOutcomeCount; ++i)
            ended[i] += other.ended[i];
        inFlight += other.inFlight;
        notTaken += other.notTaken;
        notSent += other.notSent;
        attempts += other.attempts;
        late += other.late;
        recovered += other.recovered;
        fellBack += other.fellBack;
        unsuccessful += other.unsuccessful;
    }
    bool operator==(const Totals &) const = default;
};

} // namespace resilience::sim
