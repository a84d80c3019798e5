// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/patterns/health_check_config.h"
#include "core/patterns/pipeline/pipeline_config.h"
#include "core/patterns/retry/retry_config.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/journal.h"
#include "core/sim/engine/part_list.h"
#include "core/sim/engine/role.h"
#include "core/sim/engine/subject.h"
#include "core/sim/engine/subject_kinds.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resilience::sim {

/// When a client's requests come.
struct ArrivalConfig {
    enum class Kind : uint8_t {
        Steady, // one every 1 / rate seconds, the first after one such gap
        Poisson, // gaps exponentially distributed, 1 / rate on average
        Burst, // `burst` at once every `period`, the first after one period
        Ramp, // evenly spaced, the rate growing (or falling) from `rate` to `rampTo` within `period`, then steady
        Script, // exactly at the given times
    };
    Kind kind = Kind::Steady;
    double rate = 2.0; // requests a second, above 0, up to 100,000
    uint32_t burst = 10; // 1..10,000
    GivenDuration period = std::chrono::seconds{10}; // above 0
    double rampTo = 10.0; // as rate
    std::vector<Duration> times{}; // Script: since the start, ascending
    /// Clients with the same stream have the same luck: equal settings give equal arrivals; "" = one of its own.
    std::string arrivalStream{};

    bool operator==(const ArrivalConfig &) const = default;
};

/// A service that a service has to call before it can answer.
struct DependencyConfig {
    uint32_t target = 0; // index of the service, after the one that calls it
    bool optional = false; // whether it can answer well without it
    PipelineConfig pipeline;

    bool operator==(const DependencyConfig &) const = default;
};

/// How the times that calls take inside a service are spread.
enum class LatencyLaw : uint8_t {
    Uniform, // latency +- spread
    Exponential, // the memoryless server of queueing theory: latency on average, spread unused
};

struct ServiceConfig {
    std::string name;
    std::optional<Role> role{};
    GivenDuration latency = std::chrono::milliseconds{200}; // what a call takes inside the service, on average
    GivenDuration spread = std::chrono::milliseconds{50}; // uniformly latency +- spread; at most latency
    LatencyLaw law = LatencyLaw::Uniform;
    double errorRate = 0.0; // share of calls that fail without any fault, 0..1
    uint32_t workers = 0; // calls it works on at once, up to 10,000; 0 = any number. A worker is busy until it answers,
                          // its dependencies' time included
    uint32_t queue = 0; // with workers: calls that may wait for one, up to 100,000; more are refused
    bool dropsExpired = false; // with a queue: calls whose deadline is over are not worked on, and deadlines are handed
                               // down to its dependencies
    bool recognisesRequestIds = false; // a request that comes again gets the answer that was stored for it
    /// After a crash: calls take up to kWarmUpFactor times as long at first.
    GivenDuration warmUp = std::chrono::seconds{5};
    GivenDuration restartTime = std::chrono::seconds{3}; // how long a restart by a supervisor takes
    std::vector<DependencyConfig> dependencies; // called one after the other

    bool operator==(const ServiceConfig &) const = default;
};
inline constexpr double kWarmUpFactor = 4.0;

/// Probing of a client's targets, and routing by the result.
struct ProbingConfig {
    GivenDuration interval = std::chrono::seconds{1}; // from one probe of a kind to the next, > 0
    HealthCheckConfig check;
    bool liveness = false; // probes liveness too, and a supervisor restarts who fails it
    bool readinessAsksDependencies = true;
    bool livenessAsksDependencies = false; // the misconception: restarts a service for another's fault

    bool operator==(const ProbingConfig &) const = default;
};

struct ClientConfig {
    std::string name;
    std::optional<Role> role{};
    std::vector<uint32_t> targets{0}; // indices of the services it calls; several are replicas, called in turn
    ArrivalConfig arrivals;
    Operation operation{.idempotent = true}; // what its requests are
    PipelineConfig pipeline;
    std::optional<uint32_t> sharesPipelineOf; // an earlier client, whose pipeline is used instead of an own one
    std::optional<ProbingConfig> probing; // none = every target gets traffic

    uint32_t target() const { return targets.front(); }
    bool operator==(const ClientConfig &) const = default;
};

/// Everything that is fixed before a run starts; what each part brings to it comes with PartSettings. Read from a file
/// by core/io; see resources/schema/scenario.schema.json.
struct Scenario : PartSettings {
    std::string step; // "circuit-breaker"
    std::string name; // "outage-and-recovery"
    std::string title; // for people
    std::string description; // one or two sentences: what it shows
    uint64_t seed = 1;
    GivenDuration until = std::chrono::seconds{40}; // how long it plays
    double speed = 0.5; // simulated seconds per second of screen time at which it is best watched, > 0
    GivenDuration networkLatency = std::chrono::milliseconds{100}; // one way
    std::vector<ServiceConfig> services;
    std::vector<ClientConfig> clients;
    Journal script; // what happens by itself: faults that come and go

    bool operator==(const Scenario &) const = default;
};

/// All services, then those of the parts, in their order.
std::vector<Component> componentsOf(const Scenario &scenario);
/// The place of a subject among them; none when it is no component.
std::optional<uint32_t> placeOf(const Subject &subject, const std::vector<Component> &components);
/// What people call it; "" when it is none of them.
std::string nameOf(const Subject &subject, const std::vector<Component> &components);
/// What people call it: its name in the scenario; "" for nobody.
const std::string &nameOf(const Subject &subject, const Scenario &scenario);

/// Whether that can happen to it at all.
inline bool canHave(Subject::Kind who, FaultKind kind) { return spec(who).natures.has(spec(kind).on); }
inline bool canHave(const Component &component, FaultKind kind) { return canHave(component.subject.kind, kind); }
/// Their places in the order in which people are offered them: see ComponentSpec::order.
std::vector<uint32_t> inUsualOrder(const std::vector<Component> &components);
/// Where a fault of this kind usually goes, by its index: the first of them that can have it. None when there is no
/// place for it.
std::optional<uint32_t> usualTarget(const std::vector<Component> &components, FaultKind kind);

} // namespace resilience::sim

/// As files write them.
template <> struct resilience::Names<resilience::sim::LatencyLaw> {
    static constexpr std::array all{"uniform", "exponential"};
};
