// SPDX-License-Identifier: MIT
#pragma once

#include "core/duration_histogram.h"
#include "core/inline_vector.h"
#include "core/keyed_list.h"
#include "core/patterns/pipeline.h"
#include "core/sim/engine/journal.h"
#include "core/sim/engine/part.h"
#include "core/sim/engine/part_gauge.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/parts/traffic/client.h"
#include "core/sim/parts/traffic/pipeline_owner.h"
#include "core/sim/parts/traffic/request.h"
#include "core/sim/parts/traffic/service.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resilience::sim {

/// What the policies of a pipeline have done, ever.
struct PipelineCounts {
    uint64_t sent = 0; // attempts
    uint64_t retries = 0; // planned
    uint64_t hedges = 0; // begun
    uint64_t beaten = 0; // attempts that another one of their call was quicker than
    uint64_t fellBack = 0;
    std::array<uint64_t, kPolicyKindCount> turnedAway{}; // by policy; timeouts: attempts and waits that they cut off
    uint64_t attemptsFailed = 0; // not by a timeout
    uint64_t attemptsSucceeded = 0;
    uint64_t waited = 0; // at a policy
    uint64_t openings = 0; // of the breaker
    std::optional<Time> firstOpened{}; // ... and when the first of them was
    bool operator==(const PipelineCounts &) const = default;
};

/// A call that some pipeline has under way.
struct OpenCall {
    uint64_t key = 0; // 1, 2, 3, ... over all calls
    uint64_t id = 0; // the original's
    uint64_t callNumber = 0; // likewise; see Event
    uint32_t client = 0; // whose original it is
    Subject caller{}; // as in Request
    uint32_t pipeline = 0;
    std::optional<uint32_t> target{}; // index of the service; none = wherever the client's turn is
    uint64_t parent = 0; // as in Request
    CallHandle handle;
    Time startedAt{};
    uint32_t sent = 0; // attempts
    struct Out {
        uint32_t attempt = 0;
        uint64_t request = 0; // its key
        bool operator==(const Out &) const = default;
    };
    InlineVector<Out, 2> out{}; // the attempts that are out, several where it hedges
    bool operator==(const OpenCall &) const = default;
};

/// Clients, pipelines and services: how requests come, pass through policies, reach services, cause calls to
/// other services, and end. A part of the world.
class CallFlow {
public:
    /// What can be pending.
    enum class Kind : uint8_t {
        ReachClient,
        ServiceDone,
        PolicyTimer, // detail: the PolicyKind, or the caller's deadline
        BreakerDeadline,
        BreakerWaitOver,
        ClientArrival,
        ReachService,
    };
    static constexpr Rank rankOf(Kind kind)
    {
        if (kind == Kind::ReachClient || kind == Kind::ServiceDone)
            return Rank::Completion;
        return kind == Kind::ClientArrival || kind == Kind::ReachService ? Rank::Arrival : Rank::Timer;
    }
    static constexpr bool owns(Subject::Kind kind) { return kind == Subject::Kind::Service; }

    /// Permits of every limiter, slots and queue of every bulkhead, workers and queue of every service that has a
    /// limited number of workers.
    static constexpr auto gauges()
    {
        using G = PartGauge<CallFlow>;
        constexpr auto limited = [](const CallFlow &flow) {
            return indicesOf(flow.m_services, [](const Service &one) { return one.config().workers > 0; });
        };
        return std::array{
            G{.id = "permits",
              .word = "permits",
              .chart = "levels",
              .flows = true, // fractions included
              .owner = GaugeOwner::Pipeline,
              .owners = [](const CallFlow &flow) { return flow.pipelinesWith(PolicyKind::RateLimiter); },
              .read = [](const CallFlow &flow, uint32_t i,
                         Time t) { return flow.m_pipelines[i].rateLimiter().available(t); }},
            G{.id = "slots_in_use",
              .word = "slots in use",
              .chart = "levels",
              .owner = GaugeOwner::Pipeline,
              .owners = [](const CallFlow &flow) { return flow.pipelinesWith(PolicyKind::Bulkhead); },
              .read = [](const CallFlow &flow, uint32_t i,
                         Time) { return double(flow.m_pipelines[i].bulkhead().inUse()); }},
            G{.id = "slots_queued",
              .word = "waiting",
              .chart = "levels",
              .owner = GaugeOwner::Pipeline,
              .owners = [](const CallFlow &flow) { return flow.pipelinesWith(PolicyKind::Bulkhead); },
              .read = [](const CallFlow &flow, uint32_t i,
                         Time) { return double(flow.m_pipelines[i].bulkhead().queued()); }},
            G{.id = "workers_busy",
              .word = "workers busy",
              .chart = "levels",
              .owner = GaugeOwner::Component,
              .component = Subject::Kind::Service,
              .owners = limited,
              .read = [](const CallFlow &flow, uint32_t i, Time) { return double(flow.m_services[i].busy()); }},
            G{.id = "queue",
              .word = "queue",
              .chart = "levels",
              .owner = GaugeOwner::Component,
              .component = Subject::Kind::Service,
              .owners = limited, // calls that wait for a worker
              .read = [](const CallFlow &flow, uint32_t i, Time) {
                  return double(flow.m_services[i].queue().size());
              }}};
    }

    /// Throws InvalidConfig.
    CallFlow(const Scenario &scenario, uint64_t seed);

    void begin(StepContext &context); // the first arrivals
    void handle(const Pending &pending, StepContext &context);
    /// Whether it has been overtaken: its request has ended, its breaker has moved on.
    bool isStale(const Pending &pending) const;
    Upcoming describe(const Pending &pending, const ConstPartReferences &parts) const;

    void setFault(const Subject &service, FaultKind kind, double value, StepContext &context);
    void clearFault(const Subject &service, FaultKind kind, StepContext &context)
    {
        clearFault(service.index, kind, context);
    }
    void clearFault(uint32_t service, FaultKind kind, StepContext &context);
    ActiveFaults faultsOf(const Subject &service) const { return m_services[service.index].faults(); }
    void reconfigure(uint32_t pipeline, const PipelineConfig &config, StepContext &context); // throws InvalidConfig
    void force(uint32_t pipeline, BreakerTrigger trigger, StepContext &context);
    void setRate(uint32_t client, double perSecond, StepContext &context);
    void setOperation(uint32_t client, const Operation &operation) { m_clients[client].setOperation(operation); }
    void setRouted(uint32_t client, size_t place, bool routed) { m_clients[client].setRouted(place, routed); }
    void reconfigureService(uint32_t service, const ServiceConfig &config) { m_services[service].reconfigure(config); }
    /// What it was doing is lost.
    void crash(uint32_t service, StepContext &context);
    /// A supervisor's hand: it crashes, and refuses everything until `restarted`.
    void restart(uint32_t service, StepContext &context);
    void restarted(uint32_t service, StepContext &context);
    Service &service(uint32_t index) { return m_services[index]; }

    const std::vector<Client> &clients() const { return m_clients; }
    const std::vector<Service> &services() const { return m_services; }
    const std::vector<Pipeline> &pipelines() const { return m_pipelines; }
    const std::vector<PipelineOwner> &owners() const { return m_owners; } // one a pipeline
    const PipelineCounts &countsOf(uint32_t pipeline) const { return m_counts[pipeline]; }
    const KeyedList<Request> &requests() const { return m_requests; } // on their way, by key
    const KeyedList<OpenCall> &openCalls() const { return m_calls; } // by key
    const Request *request(uint64_t key) const { return m_requests.find(key); }
    const OpenCall *openCall(uint64_t key) const { return m_calls.find(key); }
    /// About how much memory grows with what is under way.
    size_t bytes() const;
    /// Whether another client makes the same calls.
    bool hasTwin(uint32_t client) const { return m_hasTwin[client]; }
    const Totals &totals() const { return m_totals; }
    const std::vector<Totals> &totalsByClient() const { return m_totalsByClient; }
    /// How long the client's originals took that succeeded, since each was offered.
    const DurationHistogram &successTimesOf(uint32_t client) const { return m_successTimes[client]; }

    bool operator==(const CallFlow &) const = default;

private:
    uint32_t addPipeline(const PipelineConfig &config, uint64_t seed); // the next of the owners'
    void scheduleArrival(uint32_t client, Time previous, StepContext &context);
    void scheduleBreaker(uint32_t pipeline, StepContext &context);
    Totals &totalsOf(uint32_t client) { return m_totalsByClient[client]; }
    Request *find(uint64_t key) { return m_requests.find(key); }
    OpenCall *findCall(uint64_t key) { return m_calls.find(key); }
    void remove(uint64_t key) { m_requests.erase(key); }
    static Link linkOf(const Request &request)
    {
        return {request.caller ? request.caller : Subject::client(request.client), Subject::service(request.service)};
    }
    void lose(Request &request);
    void loseAnswer(Request &request, StepContext &context);

    void onArrival(uint32_t client, StepContext &context);
    void onReachService(uint64_t key, StepContext &context);
    void onServiceDone(uint64_t key, StepContext &context);
    void onReachClient(uint64_t key, StepContext &context);

    // Pipelines and what they ask for: call_steps.cpp.
    void startCall(OpenCall call, const Operation &operation, const Deadline &deadline, StepContext &context);
    void carryOut(uint32_t pipeline, const PipelineSteps &steps, StepContext &context);
    static WakeUp wakeUpIn(const Pending &pending);
    std::string callName(uint32_t client, uint64_t callNumber) const;
    void count(uint32_t pipeline, const PipelineStep &step);
    Event eventOf(const OpenCall &call, EventDetail detail) const;
    Event send(OpenCall &call, const SendAttempt &attempt, StepContext &context);
    Event attemptOver(OpenCall &call, const AttemptOver &over);
    Event breakerMoved(uint32_t pipeline, const BreakerMoved &moved, StepContext &context);
    Event breakerEvent(uint32_t pipeline, EventDetail detail) const;
    void draftOf(OpenCall &call, const PipelineStep &step, StepContext &context);
    void endOriginal(const OpenCall &call, const CallEnding &how, size_t firstDraft, StepContext &context);

    // Inside a service: service_work.cpp.
    void admit(uint64_t key, StepContext &context);
    void refuseForRoom(uint64_t key, StepContext &context);
    void beginServing(uint64_t key, StepContext &context);
    void continueServing(uint64_t key, StepContext &context);
    void onDependencyDone(uint64_t key, bool succeeded, StepContext &context);
    void answer(uint64_t key, StepContext &context);
    bool isForNobody(const Request &request) const;
    void leaveService(Request &request, Answered answered, StepContext &context);
    void startNext(uint32_t service, StepContext &context);
    void cancelDependency(uint64_t parent, StepContext &context);
    std::vector<uint32_t> pipelinesWith(PolicyKind kind) const
    {
        return indicesOf(m_pipelines, [kind](const Pipeline &one) { return one.config().configured.has(kind); });
    }
    bool claimRequestId(Request &request, StepContext &context);

    std::vector<Client> m_clients;
    std::vector<Service> m_services;
    std::vector<Pipeline> m_pipelines;
    std::vector<PipelineOwner> m_owners;
    std::vector<PipelineCounts> m_counts; // one a pipeline
    KeyedList<Request> m_requests;
    KeyedList<OpenCall> m_calls;
    std::vector<bool> m_hasTwin; // of each client: another one makes the same calls
    uint64_t m_lastOriginal = 0;
    uint64_t m_lastCall = 0;
    uint64_t m_lastRequest = 0;
    Totals m_totals;
    std::vector<Totals> m_totalsByClient;
    std::vector<DurationHistogram> m_successTimes; // one a client
};

} // namespace resilience::sim
