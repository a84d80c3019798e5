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

/// A part that pictures see something of: `view(now)`, which `Seen`, a struct of one member, puts into a snapshot. If
/// the view has setFaults(component, faults), it is told the faults of each component, those of the network included.
template <typename P>
concept PartWithView = Part<P> && requires(const P &seen, typename P::Seen &into, Time now)
{
    onlyMember(into) = seen.view(now);
};

namespace detail {
template <typename P> struct SeenOf {
    struct Type {
        bool operator==(const Type &) const = default;
    };
};
template <PartWithView P> struct SeenOf<P> {
    using Type = typename P::Seen;
};
template <typename List> struct AllSeenOf;
template <typename... P> struct AllSeenOf<std::tuple<P...>> {
    struct Type : SeenOf<P>::Type... {
        bool operator==(const Type &) const = default;
    };
};
} // namespace detail

/// What there is to see of all parts: of each the member that it names.
using PartViews = detail::AllSeenOf<Parts>::Type;

/// todo(part, its view) for each of them.
template <typename... P, typename Do> void forEachView(const std::tuple<P...> &parts, PartViews &views, Do &&todo)
{
    const auto one = [&]<typename Seen>(const Seen &part) {
        if constexpr (PartWithView<Seen>)
            todo(part, onlyMember(static_cast<typename Seen::Seen &>(views)));
    };
    (one(std::get<P>(parts)), ...);
}

} // namespace resilience::sim
