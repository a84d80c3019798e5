// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/part.h"
#include "core/sim/measure/goodput.h"
#include "core/sim/run/correct_run.h"
#include "core/sim/run/lock_story.h"
#include "core/sim/run/recent_traffic.h"
#include "core/sim/run/timeline.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

// What a picture needs to know about one moment: copied out of a timeline once a frame, and nothing else is drawn.
namespace resilience::sim {

struct ServiceView {
    std::string name;
    std::optional<Role> role{};
    ActiveFaults faults{};
    Duration latency{};
    double errorRate = 0;
    uint32_t workers = 0; // 0 = any number
    uint32_t busy = 0;
    uint32_t queueRoom = 0;
    uint32_t queued = 0;
    bool restarting = false; // killed by a supervisor, not up again yet
    double slowedBy = 1; // while it warms up: how many times as long everything takes
    bool recognisesRequestIds = false;
    ServiceCounts counts{};
    bool operator==(const ServiceView &) const = default;
};

/// Somebody in a slot or in the queue of a bulkhead.
struct BulkheadOccupant {
    uint64_t request = 0; // the original's id
    uint64_t callNumber = 0; // ... and what people call it; see Event
    uint32_t client = 0;
    Time since{};
    std::optional<Time> until{}; // in a slot: when the answer will be back, as far as it can be known; in the queue:
                                 // when it gives up
    bool operator==(const BulkheadOccupant &) const = default;
};

/// Between two attempts, or waiting at a policy.
struct WaitingCall {
    uint64_t request = 0; // the original's id
    uint32_t client = 0;
    uint32_t pipeline = 0;
    PolicyKind at = PolicyKind::Retry;
    uint32_t attemptsSent = 0;
    Time since{};
    bool operator==(const WaitingCall &) const = default;
};

struct PipelineView {
    PipelineOwner owner{};
    PipelineConfig config{};
    BreakerView breaker{};
    BulkheadView bulkhead{};
    std::vector<BulkheadOccupant> inSlots{}; // oldest first
    std::vector<BulkheadOccupant> inQueue{}; // next first
    double permits = 0; // of the limiter, fractions included
    uint64_t mostInAWindow = 0; // calls that the limiter has let through within one of its windows, over the whole run
    std::optional<RetryBudgetView> budget{};
    uint64_t underWay = 0;
    PipelineCounts counts{};
    bool operator==(const PipelineView &) const = default;
};

struct ClientView {
    std::string name;
    std::optional<Role> role{};
    uint32_t target = 0;
    uint32_t pipeline = 0; // index
    ArrivalConfig::Kind arrivals = ArrivalConfig::Kind::Steady;
    double rate = 0; // requests a second; meaningless for Script
    bool hasTwin = false; // another client makes the same calls
    Duration timeout{}; // of one attempt
    Operation operation{};
    CircuitBreakerConfig rule;
    BreakerView breaker{};
    /// What the present state has to tell "why": the event number of the transition into it; 0 at the start.
    uint64_t lastTransition = 0;
    Totals totals{};
    /// Half, and 99 %, of its calls that succeeded took no longer; none without any.
    std::optional<Duration> medianSuccess{};
    std::optional<Duration> p99Success{};
    std::vector<uint32_t> targets{}; // indices of services
    std::vector<bool> routed{}; // one a target: does it get traffic?
    bool operator==(const ClientView &) const = default;
};

/// A request that has ended not long ago.
struct RecentEnd {
    uint64_t event = 0; // number in the log
    uint64_t request = 0;
    uint64_t callNumber = 0; // what people call it; see Event
    uint32_t client = 0;
    RequestOutcome outcome = RequestOutcome::Succeeded;
    Time at;
    bool trial = false;
    bool slow = false;
    Recorded recorded = Recorded::Counted; // Counted: it entered the breaker's window or decided a trial
    BreakerState state = BreakerState::Closed; // of the breaker when it ended
    uint64_t generation = 0; // of the breaker when it ended; equal numbers belong to one window
    bool operator==(const RecentEnd &) const = default;
};

/// ... and of each part its view: `health`, `lock`.
struct Snapshot : PartViews {
    std::string scenario;
    uint64_t seed = 0;
    Time now;
    Duration until{};
    bool scripted = false; // something happens by itself: the scenario has a script of its own
    double speed = 1.0; // simulated seconds per second of screen time, as chosen by whoever plays
    bool playing = false;
    Duration networkLatency{};
    std::vector<ClientView> clients{};
    std::vector<ServiceView> services{};
    std::vector<PipelineView> pipelines{};
    std::vector<Component> components{}; // what an event or a fault names by index
    std::vector<ActiveFaults> componentFaults{}; // of each of these, those that are on
    std::vector<Request> requests{}; // on their way, by key
    std::vector<WaitingCall> waiting{}; // by age
    LockStory lockStory{}; // how the lock came to stand so
    std::vector<RecentEnd> recent{}; // at most kRecent, oldest first
    Totals totals{};
    Goodput goodput{}; // of late
    RecentTraffic traffic{};
    std::vector<FaultSpan> faults{}; // so far; one that is still on has no end
    std::vector<uint32_t> faultyVariants{}; // knobs: those that are on
    std::optional<BesideCorrect> beside{}; // filled by whoever has a CorrectRun
    std::optional<Duration> medianLatency{}; // likewise, of what was sent and has ended
    std::optional<Duration> p99Latency{};
    std::optional<Upcoming> next{}; // what a step would do

    /// The events of the last kEventsFor, at most kEvents of them, oldest first, for pictures of the recent past.
    std::vector<Event> events{};

    const PipelineView &pipelineOf(uint32_t client) const { return pipelines[clients[client].pipeline]; }

    static constexpr size_t kRecent = 64;
    static constexpr size_t kEvents = 1500;
    static constexpr Duration kEventsFor = std::chrono::seconds{30};
    bool operator==(const Snapshot &) const = default;
};

Snapshot snapshotOf(const Timeline &timeline);

/// The same for one moment of a run after the other, without reading all of the log anew each time.
class SnapshotMaker {
public:
    Snapshot of(const Timeline &timeline);

private:
    RecentTrafficReader m_traffic;
    LockStoryReader m_lockStory;
};

/// A snapshot that many hold and nobody changes. Two are equal when they are the same one, whatever they say.
class SharedSnapshot {
public:
    SharedSnapshot() = default; // none
    SharedSnapshot(Snapshot snapshot) : m_shared(std::make_shared<const Snapshot>(std::move(snapshot))) {}

    explicit operator bool() const { return m_shared != nullptr; }
    const Snapshot &operator*() const { return *m_shared; }
    const Snapshot *operator->() const { return m_shared.get(); }
    bool operator==(const SharedSnapshot &) const = default;

private:
    std::shared_ptr<const Snapshot> m_shared;
};

} // namespace resilience::sim
