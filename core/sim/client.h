// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/sim/random_stream.h"
#include "core/sim/scenario.h"

#include <optional>

namespace resilience::sim {

// A simulated client: when its requests come, and the policy each has to pass.
class Client {
public:
    Client(const ClientConfig &config, uint64_t seed)
        : breaker(config.breaker), m_config(config), m_random(seed, "client:" + config.name)
    {
    }

    // The real pattern, the same that a production program uses.
    CircuitBreaker breaker;

    // When the next request comes, `previous` being the last one (time zero before the first). None: no more.
    std::optional<Time> nextArrival(Time previous);
    // Scheduled arrivals carry the ticket that was current; an older ticket is void. Changing the rate voids it.
    uint64_t ticket() const { return m_ticket; }
    void setRate(double rate);

    void setTimeout(Duration timeout) { m_config.timeout = timeout; }
    const ClientConfig &config() const { return m_config; }

    bool operator==(const Client &) const = default;

private:
    ClientConfig m_config;
    RandomStream m_random;
    uint64_t m_arrivals = 0; // handed out so far
    uint64_t m_ticket = 0;
};

} // namespace resilience::sim
