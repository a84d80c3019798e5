// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/sim/engine/knob_target.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

// How an event tells itself. Every kind of event is a struct that says, once:
//
//     static constexpr const char *kName;      as in files and logs: "health-changed"
//     static constexpr bool kIsDecision;       true for a decision of a policy; left out where it is none
//     static constexpr bool kIsLogged;         true for what the window's log shows: how attempts ended, and what
//                                              policies, health checks and the lock decided; left out where it is not
//     void fields(auto &&field) const;         calls field(name, value) for each of its fields, in their order
//     std::string line(const Event &event, const Scenario &scenario) const;
//                                              what log and transcript say of it, defined in core/tell; left out where
//                                              they say nothing. The lines of calls are in core/tell/console_lines.cpp.
//
// The fingerprint, the lines of --events and whatever else reads events field by field follow from that. A value is a
// bool, a whole number, a double, a Duration or Time (told in seconds), a named enumeration, a text, an optional of
// these (left out when empty), or one of the few types that the readers know. Units follow from the types.
//
// A new kind of event: its struct and its entry in the list at the end of its file, who emits it, and its line.
namespace resilience::sim {

template <typename... Kinds> struct EventList {
};

namespace detail {
template <typename... Lists> struct JoinedEvents;
template <typename... Kinds> struct JoinedEvents<EventList<Kinds...>> {
    using Variant = std::variant<Kinds...>;
};
template <typename... One, typename... Two, typename... Rest>
struct JoinedEvents<EventList<One...>, EventList<Two...>, Rest...> : JoinedEvents<EventList<One..., Two...>, Rest...> {
};
} // namespace detail

/// A variant of all the kinds in some lists.
template <typename... Lists> using AnyEventOf = typename detail::JoinedEvents<Lists...>::Variant;

struct Event;
struct Scenario;

template <typename Kind> constexpr bool isDecisionKind()
{
    if constexpr (requires { Kind::kIsDecision; })
        return Kind::kIsDecision;
    return false;
}

template <typename Kind> constexpr bool isLoggedKind()
{
    if constexpr (requires { Kind::kIsLogged; })
        return Kind::kIsLogged;
    return false;
}

/// A knob, by its place among all, what it was set to, and whose.
struct KnobSetting {
    uint32_t knob = 0;
    double value = 0;
    KnobTarget target{};
};

} // namespace resilience::sim
