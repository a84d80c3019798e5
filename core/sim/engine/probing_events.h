// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/health_check.h"
#include "core/sim/engine/event_field.h"

// What a prober does and finds. Event::actor = the client that probes, Event::target = the service it is about.
namespace resilience::sim {

struct ProbeSent {
    static constexpr const char *kName = "probe-sent";
    Probe kind = Probe::Readiness;
    void fields(auto &&field) const { field("kind", kind); }
    bool operator==(const ProbeSent &) const = default;
};
struct ProbeEnded {
    static constexpr const char *kName = "probe-ended";
    Probe kind = Probe::Readiness;
    bool succeeded = false;
    bool timedOut = false;
    Duration latency{};
    Health status = Health::Unknown; // after it
    uint64_t succeededInARow = 0;
    uint64_t failedInARow = 0;
    void fields(auto &&field) const
    {
        field("kind", kind);
        field("succeeded", succeeded);
        field("timed_out", timedOut);
        field("latency", latency);
        field("status", status);
        field("succeeded_in_a_row", succeededInARow);
        field("failed_in_a_row", failedInARow);
    }
    std::optional<std::string> line(const Event &event, const Scenario &scenario) const;
    bool operator==(const ProbeEnded &) const = default;
};
struct HealthChanged {
    static constexpr const char *kName = "health-changed";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    Health from = Health::Unknown;
    Health to = Health::Unknown;
    bool live = true;
    bool routed = false; // whether it gets traffic from now on
    void fields(auto &&field) const
    {
        field("from", from);
        field("to", to);
        field("live", live);
        field("routed", routed);
    }
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const HealthChanged &) const = default;
};
struct Restarting { // a supervisor kills it and starts it again
    static constexpr const char *kName = "restarting";
    static constexpr bool kIsDecision = true;
    static constexpr bool kIsLogged = true;
    Duration takes{};
    void fields(auto &&field) const { field("takes", takes); }
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const Restarting &) const = default;
};
struct Restarted {
    static constexpr const char *kName = "restarted";
    static constexpr bool kIsLogged = true;
    void fields(auto &&) const {}
    std::string line(const Event &event, const Scenario &scenario) const;
    bool operator==(const Restarted &) const = default;
};

using ProbingEvents = EventList<ProbeSent, ProbeEnded, HealthChanged, Restarting, Restarted>;

} // namespace resilience::sim
