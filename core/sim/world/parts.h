// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/part.h"
#include "core/sim/parts/lock/lock_simulation.h"
#include "core/sim/parts/probing/prober.h"
#include "core/sim/parts/traffic/call_flow.h"

namespace resilience::sim {

template <typename... P> constexpr bool areParts(std::tuple<P...> *) { return (Part<P> && ...); }
static_assert(areParts(static_cast<Parts *>(nullptr)));
static_assert(PartWithComponents<CallFlow> && PartWithComponents<LockSimulation>);

/// Does something with one part: onPart(parts, pending.part, [](auto &part) { ... }).
template <typename Tuple, typename Do> void onPart(Tuple &parts, uint8_t index, Do &&todo)
{
    std::apply(
        [&](auto &...part) {
            (void)((kPartIndex<std::decay_t<decltype(part)>> == index && (todo(part), true)) || ...);
        },
        parts);
}

/// Does something with the part that has this component.
template <typename Tuple, typename Do> void onOwner(Tuple &parts, const Subject &component, Do &&todo)
{
    std::apply(
        [&](auto &...part) {
            const auto one = [&](auto &candidate) {
                if constexpr (PartWithComponents<std::decay_t<decltype(candidate)>>)
                    if (candidate.owns(component.kind))
                        todo(candidate);
            };
            (one(part), ...);
        },
        parts);
}

} // namespace resilience::sim
