// SPDX-License-Identifier: MIT
#include "core/sim/engine/scenario.h"

namespace resilience::sim {

std::vector<Component> componentsOf(const Scenario &scenario)
{
    std::vector<Component> all;
    for (uint32_t i = 0; i < scenario.services.size(); ++i)
        all.push_back({ComponentKind::Service, i, scenario.services[i].name});
    for (uint32_t i = 0; i < scenario.lock.nodes.size(); ++i)
        all.push_back({ComponentKind::LockNode, i, scenario.lock.nodes[i].name});
    for (uint32_t i = 0; i < scenario.lock.holders.size(); ++i)
        all.push_back({ComponentKind::LockHolder, i, scenario.lock.holders[i].name});
    return all;
}

std::optional<uint32_t> usualTarget(const std::vector<Component> &components, FaultKind kind)
{
    for (const auto wanted : {ComponentKind::Service, ComponentKind::LockHolder, ComponentKind::LockNode})
        for (uint32_t i = 0; i < components.size(); ++i)
            if (components[i].kind == wanted && canHave(components[i], kind))
                return i;
    return std::nullopt;
}

} // namespace resilience::sim
