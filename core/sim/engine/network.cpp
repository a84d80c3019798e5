// SPDX-License-Identifier: MIT
#include "core/sim/engine/network.h"

#include <string>
#include <utility>

namespace resilience::sim {

Network::Network(const Scenario &scenario, uint64_t seed) : m_latency(scenario.networkLatency)
{
    for (const Component &component : componentsOf(scenario)) {
        const auto [kind, index] = component.subject;
        if (index == 0)
            m_first[static_cast<size_t>(kind)] = static_cast<uint32_t>(m_ends.size());
        const char *stream = spec(kind).stream;
        m_ends.push_back({RandomStream(seed, stream ? stream + std::to_string(index) : "network:" + component.name)});
    }
}

const Network::End *Network::endOf(const Subject &subject) const
{
    return subject && !subject.isClient() ? &m_ends[m_first[static_cast<size_t>(subject.kind)] + subject.index]
                                          : nullptr;
}

void Network::addFaults(const Subject &component, ActiveFaults &to) const
{
    const End *end = endOf(component);
    if (!end) // no messages reach it
        return;
    for (const FaultSpec &fault : kFaultSpecs)
        if (fault.ofMessages)
            to[static_cast<size_t>(fault.kind)] = (*end)[fault.kind];
}

bool Network::isCut(const Subject &subject) const
{
    const End *end = endOf(subject);
    return end && (*end)[FaultKind::Partition];
}

double Network::loss(const Link &link) const
{
    const auto at = [this](const Subject &subject) {
        const End *end = endOf(subject);
        return end ? (*end)[FaultKind::PacketLoss].value_or(0.0) : 0.0;
    };
    const double asks = at(link.asks);
    const double answers = at(link.answers);
    return asks + answers - asks * answers; // exact where one of them loses nothing
}

double Network::draw(const Subject &subject)
{
    End *end = endOf(subject);
    return end ? end->random.unit() : 1.0;
}

Transit Network::send(const Link &link, Time now, double luck) const
{
    return {saturatingAdd(now, m_latency), luck < loss(link) || isCut(link)};
}

Transit Network::send(const Link &link, Time now) { return send(link, now, draw(link.answers)); }

Transit Network::sendUnevenly(const Link &link, Time now)
{
    const Duration quarter = m_latency / 4;
    End *asks = endOf(link.asks);
    const Duration takes = asks ? asks->random.between(m_latency - quarter, m_latency + quarter) : m_latency;
    Transit transit = send(link, now);
    transit.arrivesAt = saturatingAdd(now, takes);
    return transit;
}

bool Network::losesAnswer(const Link &link) { return losesAnswer(link, draw(link.answers)); }

} // namespace resilience::sim
