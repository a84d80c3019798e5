// SPDX-License-Identifier: MIT
#include "core/sim/engine/scenario.h"

#include <algorithm>

namespace resilience::sim {

std::vector<Component> componentsOf(const Scenario &scenario)
{
    std::vector<Component> all;
    for (uint32_t i = 0; i < scenario.services.size(); ++i)
        all.push_back({Subject::service(i), scenario.services[i].name});
    for (uint32_t i = 0; i < scenario.lock.nodes.size(); ++i)
        all.push_back({Subject::lockNode(i), scenario.lock.nodes[i].name});
    for (uint32_t i = 0; i < scenario.lock.holders.size(); ++i)
        all.push_back({Subject::lockHolder(i), scenario.lock.holders[i].name});
    return all;
}

std::optional<uint32_t> placeOf(const Subject &subject, const std::vector<Component> &components)
{
    const auto found = std::find_if(components.begin(), components.end(),
                                    [&subject](const Component &one) { return one.subject == subject; });
    return found == components.end() ? std::nullopt : std::optional(uint32_t(found - components.begin()));
}

std::string nameOf(const Subject &subject, const std::vector<Component> &components)
{
    const auto place = placeOf(subject, components);
    return place ? components[*place].name : std::string();
}

const std::string &nameOf(const Subject &subject, const Scenario &scenario)
{
    static const std::string none;
    const auto in = [&subject](const auto &list) -> const std::string & {
        return subject.index < list.size() ? list[subject.index].name : none;
    };
    switch (subject.kind) {
    case Subject::Kind::Client:
        return in(scenario.clients);
    case Subject::Kind::Service:
        return in(scenario.services);
    case Subject::Kind::LockNode:
        return in(scenario.lock.nodes);
    case Subject::Kind::LockHolder:
        return in(scenario.lock.holders);
    default:
        return none;
    }
}

std::optional<uint32_t> usualTarget(const std::vector<Component> &components, FaultKind kind)
{
    for (const auto wanted : {Subject::Kind::Service, Subject::Kind::LockHolder, Subject::Kind::LockNode})
        for (uint32_t i = 0; i < components.size(); ++i)
            if (components[i].subject.kind == wanted && canHave(components[i], kind))
                return i;
    return std::nullopt;
}

} // namespace resilience::sim
