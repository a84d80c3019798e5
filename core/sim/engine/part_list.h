// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/lock_events.h"
#include "core/sim/engine/lock_scenario.h"
#include "core/sim/engine/probing_events.h"
#include "core/sim/engine/run_events.h"
#include "core/sim/engine/settings_list.h"
#include "core/sim/engine/traffic_events.h"

#include <cstdint>
#include <tuple>
#include <type_traits>

// The parts that a world consists of, the events that they emit, and the settings that they bring to a scenario. A new
// part: its name, its events and its settings here, and its header in core/sim/world/parts.h. What a part is: part.h.
namespace resilience::sim {

class CallFlow;
class Prober;
class LockSimulation;
using Parts = std::tuple<CallFlow, Prober, LockSimulation>;
using EventDetail = AnyEventOf<TrafficEvents, RunEvents, ProbingEvents, LockEvents>;
using PartSettings = SettingsOf<LockSettings>; // those of calls and probes are in scenario.h itself

namespace detail {
template <typename List> struct ReferencesTo;
template <typename... P> struct ReferencesTo<std::tuple<P...>> {
    using Mutable = std::tuple<P &...>;
    using Constant = std::tuple<const P &...>;
};
} // namespace detail

/// References to all parts of a world. Whoever uses one of them includes its header, and no other's.
using PartReferences = detail::ReferencesTo<Parts>::Mutable;
using ConstPartReferences = detail::ReferencesTo<Parts>::Constant;

template <typename Part, typename List> inline constexpr uint8_t kPlaceIn = 0;
template <typename Part, typename First, typename... Rest>
inline constexpr uint8_t kPlaceIn<Part, std::tuple<First, Rest...>> =
    std::is_same_v<Part, First> ? 0 : 1 + kPlaceIn<Part, std::tuple<Rest...>>;
/// The place of a part in the list: what Pending::part holds.
template <typename Part> inline constexpr uint8_t kPartIndex = kPlaceIn<Part, Parts>;

} // namespace resilience::sim
