// SPDX-License-Identifier: MIT
#include "core/sim/engine/network.h"

#include <string>
#include <utility>

namespace resilience::sim {

Network::Network(const Scenario &scenario, uint64_t seed) : m_latency(scenario.networkLatency)
{
    auto &[services, nodes, holders] = m_ends;
    for (const ServiceConfig &service : scenario.services)
        services.push_back({RandomStream(seed, "network:" + service.name)});
    for (size_t i = 0; i < scenario.lock.nodes.size(); ++i)
        nodes.push_back({RandomStream(seed, "lock-node-network-" + std::to_string(i))});
    for (size_t i = 0; i < scenario.lock.holders.size(); ++i)
        holders.push_back({RandomStream(seed, "lock-holder-network-" + std::to_string(i))});
}

const Network::End *Network::endOf(const Subject &subject) const
{
    switch (subject.kind) {
    case Subject::Kind::Service:
        return &m_ends[0][subject.index];
    case Subject::Kind::LockNode:
        return &m_ends[1][subject.index];
    case Subject::Kind::LockHolder:
        return &m_ends[2][subject.index];
    default:
        return nullptr;
    }
}

std::optional<double> &Network::faultOf(const Subject &component, FaultKind kind)
{
    End &end = *endOf(component);
    return kind == FaultKind::PacketLoss ? end.loss : end.cut;
}

void Network::addFaults(const Subject &component, ActiveFaults &to) const
{
    const End *end = endOf(component);
    if (!end) // no messages reach it
        return;
    to[static_cast<size_t>(FaultKind::PacketLoss)] = end->loss;
    to[static_cast<size_t>(FaultKind::Partition)] = end->cut;
}

bool Network::isCut(const Subject &subject) const
{
    const End *end = endOf(subject);
    return end && end->cut;
}

double Network::loss(const Link &link) const
{
    const auto at = [this](const Subject &subject) {
        const End *end = endOf(subject);
        return end ? end->loss.value_or(0.0) : 0.0;
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
