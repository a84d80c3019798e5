// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/fingerprint.h"
#include "core/sim/call_flow.h"
#include "core/sim/event.h"
#include "core/sim/event_queue.h"
#include "core/sim/health_watch.h"
#include "core/sim/journal.h"
#include "core/sim/lock_room.h"
#include "core/sim/scenario.h"
#include "core/sim/turn.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

// The whole simulated system at one moment: a value. Copying it is a checkpoint, comparing two tells whether they can
// ever differ. It knows no journal and no history; Timeline has those.
//
// It owns the clock, the queue of what is to come, and the parts that things happen to: the flow of calls, the health
// checks and the lock. It hands each what is theirs.
class World {
public:
    // The moment before anything happened. Throws InvalidConfig.
    World(const Scenario &scenario, uint64_t seed);

    Time now() const { return m_now; }
    uint64_t steps() const { return m_steps; } // pending events taken so far
    uint64_t stepsThisInstant() const { return m_stepsThisInstant; } // ... of them at exactly now()

    // What comes next, if anything does.
    std::optional<Pending> next() const;

    // Takes the next pending event and appends what it caused. False when there is none.
    bool step(std::vector<Event> &out);
    // Lets time pass to `t` without an event; `t` is not after next().
    void idleTo(Time t);
    // What people do, at now(). Refused interventions change nothing.
    std::optional<ConfigError> apply(const Intervention &what, std::vector<Event> &out);

    const CallFlow &flow() const { return m_flow; }
    const HealthWatch &health() const { return m_health; }
    const LockRoom &lock() const { return m_lock; }

    const std::vector<Client> &clients() const { return m_flow.clients(); }
    const std::vector<Service> &services() const { return m_flow.services(); }
    const std::vector<Pipeline> &pipelines() const { return m_flow.pipelines(); }
    const std::vector<Request> &requests() const { return m_flow.requests(); } // on their way, by key
    // The breaker that a client's requests pass, if its pipeline has one in use or not.
    const CircuitBreaker &breakerOf(uint32_t client) const
    {
        return pipelines()[clients()[client].pipeline()].breaker();
    }
    Duration networkLatency() const { return m_flow.networkLatency(); }
    const Totals &totals() const { return m_flow.totals(); }
    Fingerprint fingerprint() const { return m_fingerprint; }

    bool operator==(const World &) const = default;

private:
    friend struct KnobAccess;
    using Out = std::vector<Event>;

    Turn turn(Out &out) { return {m_now, m_queue, m_fingerprint, m_events, out}; }
    void setFault(const SetFault &set, Turn &turn);
    void clearFault(const ClearFault &clear, Turn &turn);
    std::optional<ConfigError> turnKnob(const TurnKnob &knob, Turn &turn);
    std::optional<ConfigError> setPolicies(const SetPolicies &policies, Turn &turn);
    std::optional<ConfigError> checkFault(uint32_t target, FaultKind kind) const;
    ActiveFaults faultsOf(uint32_t target) const;
    bool isVoid(const Pending &pending) const;
    void dropVoid();
    void moveTo(Time t);

    Time m_now = kTimeZero;
    uint64_t m_steps = 0;
    uint64_t m_stepsThisInstant = 0;
    uint64_t m_events = 0;
    EventQueue m_queue;
    CallFlow m_flow;
    HealthWatch m_health;
    LockRoom m_lock;
    std::vector<Component> m_components;
    Fingerprint m_fingerprint;
};

} // namespace resilience::sim
