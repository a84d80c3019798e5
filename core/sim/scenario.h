// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/sim/journal.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resilience::sim {

// When a client's requests come.
struct ArrivalConfig {
    enum class Kind : uint8_t {
        Steady,  // one every 1 / rate seconds, the first after one such gap
        Poisson, // gaps exponentially distributed, 1 / rate on average
        Script,  // exactly at the given times
    };
    Kind kind = Kind::Steady;
    double rate = 2.0;          // requests a second, above 0, up to 100,000
    std::vector<Duration> times; // Script: since the start, ascending

    bool operator==(const ArrivalConfig &) const = default;
};

struct ServiceConfig {
    std::string name;
    Duration latency = std::chrono::milliseconds{200}; // what a call takes inside the service, on average
    Duration spread = std::chrono::milliseconds{50};   // uniformly latency +- spread; at most latency
    double errorRate = 0.0;                            // share of calls that fail without any fault, 0..1

    bool operator==(const ServiceConfig &) const = default;
};

struct ClientConfig {
    std::string name;
    uint32_t target = 0; // index of the service it calls
    ArrivalConfig arrivals;
    Duration timeout = std::chrono::seconds{1}; // it gives up on an attempt after so long, > 0
    CircuitBreakerConfig breaker;

    bool operator==(const ClientConfig &) const = default;
};

// Everything that is fixed before a run starts. Read from a file by core/io; see resources/schema/scenario.schema.json.
struct Scenario {
    std::string step;        // "circuit-breaker"
    std::string name;        // "outage-and-recovery"
    std::string title;       // for people
    std::string description; // one or two sentences: what it shows
    uint64_t seed = 1;
    Duration until = std::chrono::seconds{40}; // how long it plays
    double speed = 0.5;      // simulated seconds per second of screen time at which it is best watched, > 0
    Duration networkLatency = std::chrono::milliseconds{100}; // one way
    std::vector<ServiceConfig> services;
    std::vector<ClientConfig> clients;
    Journal script;          // what happens by itself: faults that come and go

    bool operator==(const Scenario &) const = default;
};

} // namespace resilience::sim
