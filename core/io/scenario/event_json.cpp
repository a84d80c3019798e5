// SPDX-License-Identifier: MIT
#include "core/io/scenario/event_json.h"

#include "core/io/json/json_text.h"
#include "core/io/json/seconds_json.h"
#include "core/io/scenario/event_fields.h"

#include <variant>

#include <array>

namespace resilience::io {

namespace {

using sim::Event;
using sim::kNobody;

template <typename... Details> bool isOneOf(const Event &event) { return (event.as<Details>() || ...); }

// About the run, and nobody in it.
bool isAboutAll(const Event &event) { return isOneOf<sim::KnobTurned, sim::PoliciesSet>(event); }
// About a component that a fault or its end has hit; nobody has called it.
bool isAboutComponent(const Event &event)
{
    return isOneOf<sim::FaultSet, sim::FaultCleared, sim::Restarted, sim::NodeRestarted>(event);
}
bool isBetweenHolderAndNode(const Event &event) { return isOneOf<sim::LockAsked, sim::LockVoted>(event); }
bool isAboutHolder(const Event &event)
{
    return isOneOf<sim::LockDecided, sim::LeaseOver, sim::WriteTried, sim::WriteHeldBack>(event);
}

void addName(OrderedJson &value, const char *key, const std::vector<std::string> &names, uint32_t index)
{
    if (index < names.size())
        value[key] = names[index];
}

const char *keyOf(sim::ComponentKind kind)
{
    return kind == sim::ComponentKind::Service ? "service" : kind == sim::ComponentKind::LockNode ? "node" : "holder";
}

} // namespace

EventLines::EventLines(const sim::Scenario &scenario)
    : m_components(componentsOf(scenario)), m_pipelines(pipelineOwnersOf(scenario))
{
    for (const sim::ClientConfig &client : scenario.clients)
        m_clients.push_back(client.name);
    for (const sim::LockHolderConfig &holder : scenario.lock.holders)
        m_holders.push_back(holder.name);
}

std::string EventLines::lineOf(const Event &event) const
{
    OrderedJson value{{"number", event.number}, {"at", secondsNumber(event.at)}};
    addFields(value, event.detail);
    if (const auto *set = event.as<sim::PoliciesSet>())
        value["of"] = m_pipelines[set->pipeline].name;
    if (isAboutAll(event))
        return toLine(value);

    const bool isLock = isBetweenHolderAndNode(event) || isAboutHolder(event);
    // What moves a service's own breaker belongs to no client.
    const bool hasClient = event.caller == kNobody || event.request > 0;
    if (isLock)
        addName(value, "holder", m_holders, event.client);
    else if (hasClient && !isAboutComponent(event))
        addName(value, "client", m_clients, event.client);
    if (event.caller != kNobody)
        value["caller"] = m_components[event.caller].name;
    if (!isAboutHolder(event))
        value[keyOf(m_components[event.service].kind)] = m_components[event.service].name;
    if (event.pipeline != kNobody && m_pipelines[event.pipeline].client != event.client)
        value["pipeline"] = m_pipelines[event.pipeline].name;
    if (event.request > 0) {
        value["request"] = event.request;
        value["attempt"] = event.attempt;
    }
    if (event.ends)
        value["ends"] = endingToValue(*event.ends);
    return toLine(value);
}

} // namespace resilience::io
