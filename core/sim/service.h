// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/fault.h"
#include "core/sim/random_stream.h"
#include "core/sim/scenario.h"

#include <optional>

namespace resilience::sim {

// A simulated service: decides what becomes of a call that reaches it.
class Service {
public:
    Service(const ServiceConfig &config, uint64_t seed) : m_config(config), m_random(seed, "service:" + config.name) {}

    struct Plan {
        enum class Kind : uint8_t { Refuse, NeverAnswer, Serve } kind = Kind::Serve;
        Duration takes{};
        bool fails = false;
    };
    // The fate of a call that arrives now. Draws the same number of random values whatever faults are on, so that a
    // fault does not change the luck of the calls after it.
    Plan receive();

    void set(FaultKind kind, double value) { m_faults[static_cast<size_t>(kind)] = value; }
    void clear(FaultKind kind) { m_faults[static_cast<size_t>(kind)].reset(); }
    std::optional<double> fault(FaultKind kind) const { return m_faults[static_cast<size_t>(kind)]; }
    const ActiveFaults &faults() const { return m_faults; }

    const ServiceConfig &config() const { return m_config; }
    void setLatency(Duration latency) { m_config.latency = latency; }

    bool operator==(const Service &) const = default;

private:
    ServiceConfig m_config;
    RandomStream m_random;
    ActiveFaults m_faults{};
};

} // namespace resilience::sim
