// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "core/sim/world.h"

#include <optional>
#include <vector>

namespace app {

// The faults that are on at a service, a lock node or a lock holder.
inline resilience::sim::ActiveFaults faultsOf(const resilience::sim::World &world,
                                              const resilience::sim::Component &component)
{
    return component.kind == resilience::sim::ComponentKind::Service ? world.services()[component.index].faults()
                                                                     : world.lock().faults(component);
}

inline resilience::sim::ActiveFaults faultsOf(const resilience::sim::Snapshot &snapshot,
                                              const resilience::sim::Component &component)
{
    switch (component.kind) {
    case resilience::sim::ComponentKind::Service:
        return snapshot.services[component.index].faults;
    case resilience::sim::ComponentKind::LockNode:
        return snapshot.lock.nodes[component.index].faults;
    case resilience::sim::ComponentKind::LockHolder:
        return snapshot.lock.holders[component.index].faults;
    }
    return {};
}

// Whether that can happen to it at all.
inline bool canHave(const resilience::sim::Component &component, resilience::sim::FaultKind kind)
{
    return (spec(kind).on & static_cast<uint8_t>(component.kind)) != 0;
}

// Where a fault of this kind usually goes: who wants a lock comes before the nodes. None when there is no place for it.
inline std::optional<uint32_t> usualTarget(const std::vector<resilience::sim::Component> &components,
                                           resilience::sim::FaultKind kind)
{
    using resilience::sim::ComponentKind;
    for (const auto wanted : {ComponentKind::Service, ComponentKind::LockHolder, ComponentKind::LockNode})
        for (uint32_t i = 0; i < components.size(); ++i)
            if (components[i].kind == wanted && canHave(components[i], kind))
                return i;
    return std::nullopt;
}

} // namespace app
