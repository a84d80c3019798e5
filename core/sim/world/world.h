// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/fingerprint.h"
#include "core/sim/engine/event.h"
#include "core/sim/engine/event_queue.h"
#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/engine/step_context.h"
#include "core/sim/world/parts.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// The whole simulated system at one moment: a value. Copying it is a checkpoint, comparing two tells whether they can
/// ever differ. It knows no journal and no history; Timeline has those.
///
/// It owns the clock, the queue of what is to come, and the parts that things happen to (see part_list.h). It
/// dispatches each pending event and each fault to the part that owns it.
class World {
public:
    /// The moment before anything happened. Throws InvalidConfig.
    World(const Scenario &scenario, uint64_t seed);

    Time now() const { return m_now; }
    uint64_t steps() const { return m_steps; } // pending events taken so far
    uint64_t stepsThisInstant() const { return m_stepsThisInstant; } // ... of them at exactly now()

    /// What comes next, if anything does.
    std::optional<Pending> next() const;
    /// The same as pictures show it.
    std::optional<Upcoming> upcoming() const;

    /// Takes the next pending event and appends what it caused. False when there is none.
    bool step(std::vector<Event> &out);
    /// Lets time pass to `t` without an event; `t` is not after next().
    void idleTo(Time t);
    /// What people do, at now(). Refused interventions change nothing.
    std::optional<ConfigError> apply(const Intervention &what, std::vector<Event> &out);

    /// What can have faults.
    const std::vector<Component> &components() const { return m_components; }
    ActiveFaults faultsOf(uint32_t component) const;

    const Parts &parts() const { return m_parts; }
    template <typename P> const P &part() const { return std::get<P>(m_parts); }
    const CallFlow &flow() const { return part<CallFlow>(); }
    const Prober &health() const { return part<Prober>(); }
    const LockSimulation &lock() const { return part<LockSimulation>(); }

    const std::vector<Client> &clients() const { return flow().clients(); }
    const std::vector<Service> &services() const { return flow().services(); }
    const std::vector<Pipeline> &pipelines() const { return flow().pipelines(); }
    const KeyedList<Request> &requests() const { return flow().requests(); } // on their way, by key
    /// The breaker that a client's requests pass, if its pipeline has one in use or not.
    const CircuitBreaker &breakerOf(uint32_t client) const
    {
        return pipelines()[clients()[client].pipeline()].breaker();
    }
    const Network &network() const { return m_network; }
    Duration networkLatency() const { return m_network.latency(); }
    const Totals &totals() const { return flow().totals(); }
    Fingerprint fingerprint() const { return m_fingerprint; }
    /// About how much memory a copy takes that grows with what is under way.
    size_t bytes() const { return flow().bytes() + m_queue.size() * sizeof(Pending); }

    bool operator==(const World &) const = default;

private:
    friend struct KnobAccess;
    using Out = std::vector<Event>;

    StepContext contextFor(Out &out);
    void setFault(const SetFault &set, StepContext &context);
    void clearFault(const ClearFault &clear, StepContext &context);
    std::optional<ConfigError> turnKnob(const TurnKnob &knob, StepContext &context);
    std::optional<ConfigError> setPolicies(const SetPolicies &policies, StepContext &context);
    std::optional<ConfigError> checkFault(uint32_t target, FaultKind kind) const;

    bool isStale(const Pending &pending) const;
    void dropStale();
    void moveTo(Time t);

    Time m_now = kTimeZero;
    uint64_t m_steps = 0;
    uint64_t m_stepsThisInstant = 0;
    uint64_t m_events = 0;
    EventQueue m_queue;
    Parts m_parts;
    Network m_network;
    std::vector<Component> m_components;
    Fingerprint m_fingerprint;
    Workspace m_workspace;
};

} // namespace resilience::sim
