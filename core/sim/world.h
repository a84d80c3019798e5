// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/sim/client.h"
#include "core/sim/event.h"
#include "core/sim/event_queue.h"
#include "core/sim/fingerprint.h"
#include "core/sim/journal.h"
#include "core/sim/request.h"
#include "core/sim/scenario.h"
#include "core/sim/service.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

// The whole simulated system at one moment: a value. Copying it is a checkpoint, comparing two tells whether they can
// ever differ. It knows no journal and no history; Timeline has those.
class World {
public:
    // The moment before anything happened. Throws InvalidConfig.
    World(const Scenario &scenario, uint64_t seed);

    Time now() const { return m_now; }
    uint64_t steps() const { return m_steps; }         // pending events taken so far
    uint64_t stepsThisInstant() const { return m_stepsThisInstant; } // ... of them at exactly now()

    // What comes next, if anything does.
    std::optional<Pending> next() const;

    // Takes the next pending event and appends what it caused. False when there is none.
    bool step(std::vector<Event> &out);
    // Lets time pass to `t` without an event; `t` is not after next().
    void idleTo(Time t);
    // What people do, at now(). Refused interventions change nothing.
    std::optional<ConfigError> apply(const Intervention &what, std::vector<Event> &out);

    const std::vector<Client> &clients() const { return m_clients; }
    const std::vector<Service> &services() const { return m_services; }
    const std::vector<Request> &requests() const { return m_requests; } // on their way, by id
    const Request *request(uint64_t id) const;
    Duration networkLatency() const { return m_networkLatency; }
    const Totals &totals() const { return m_totals; }
    Fingerprint fingerprint() const { return m_fingerprint; }

    bool operator==(const World &) const = default;

private:
    friend struct KnobAccess;
    using Out = std::vector<Event>;

    void onArrival(uint32_t client, Out &out);
    void onReachService(Request &request, Out &out);
    void onServiceDone(Request &request, Out &out);
    void onReachClient(uint64_t id, Out &out);
    void onTimeout(uint64_t id, Out &out);
    void onBreakerDeadline(uint32_t client, Out &out);

    void scheduleArrival(uint32_t client, Time previous);
    void scheduleBreaker(uint32_t client);
    void finish(const Request &request, RequestOutcome outcome, Out &out);
    void reportTransition(uint32_t client, uint64_t generationBefore, BreakerState stateBefore, uint64_t request, Out &out);
    void publish(Event event, Out &out);
    Event eventOf(const Request &request, EventDetail detail) const;
    bool isVoid(const Pending &pending) const;
    void dropVoid();
    void moveTo(Time t);
    Request *find(uint64_t id);
    void remove(uint64_t id);

    Time m_now = kTimeZero;
    uint64_t m_steps = 0;
    uint64_t m_stepsThisInstant = 0;
    uint64_t m_events = 0;
    uint64_t m_lastRequest = 0;
    EventQueue m_queue;
    std::vector<Client> m_clients;
    std::vector<Service> m_services;
    Duration m_networkLatency;
    std::vector<Request> m_requests;
    Totals m_totals;
    Fingerprint m_fingerprint;
};

} // namespace resilience::sim
