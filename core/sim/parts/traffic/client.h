// SPDX-License-Identifier: MIT
#pragma once

#include "core/random_stream.h"
#include "core/sim/engine/scenario.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// A simulated client: when its requests come, and to which of its targets they go.
class Client {
public:
    Client(const ClientConfig &config, uint32_t pipeline, uint64_t seed);

    /// When the next request comes, `previous` being the last one (time zero before the first). None: no more.
    std::optional<Time> nextArrival(Time previous);
    /// Scheduled arrivals carry the ticket that was current; an older ticket is void. Changing the rate voids it.
    uint64_t ticket() const { return m_ticket; }
    void setRate(double rate);

    /// Index of the pipeline that its requests pass through.
    uint32_t pipeline() const { return m_pipeline; }

    /// The service that the next attempt goes to: the targets in turn, those out of rotation left out. None: all are.
    std::optional<uint32_t> route();
    /// The place among the targets; by default each is in rotation.
    void setRouted(size_t place, bool routed) { m_routed[place] = routed; }
    bool isRouted(size_t place) const { return m_routed[place]; }

    void setOperation(const Operation &operation) { m_config.operation = operation; }
    const ClientConfig &config() const { return m_config; }

    bool operator==(const Client &) const = default;

private:
    ClientConfig m_config;
    uint32_t m_pipeline;
    RandomStream m_random;
    uint64_t m_arrivals = 0; // handed out so far
    uint64_t m_ticket = 0;
    size_t m_turn = 0;
    std::vector<bool> m_routed;
};

} // namespace resilience::sim
