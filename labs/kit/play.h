// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"

#include <optional>

// What labs do with runs: look ahead in a fork to answer a question, and plan what to do.
namespace resilience::labs {

// Plays until `wanted` accepts an event, for at most `span` of simulated time, and returns that event.
template <typename Wanted> std::optional<sim::Event> playUntil(sim::Timeline &fork, Duration span, Wanted wanted)
{
    std::optional<sim::Event> found;
    fork.runUntil(
        [&](const sim::Event &event) {
            if (!found && wanted(event))
                found = event;
            return found.has_value();
        },
        saturatingAdd(fork.now(), span));
    return found;
}

// The client with that role; the first where nobody has it.
inline const sim::Client &clientWith(const sim::Timeline &timeline, sim::Role role)
{
    return timeline.world().clients()[withRole(timeline.scenario().clients, role).value_or(0)];
}
// The client that the scenario is about.
inline const sim::Client &subject(const sim::Timeline &timeline) { return clientWith(timeline, sim::Role::Subject); }

// Precondition: there is a knob of that name.
inline sim::Intervention turned(const char *knob, double value)
{
    return sim::TurnKnob{*sim::knobNamed(knob), value, {}};
}
inline sim::JournalEntry turn(double seconds, const char *knob, double value)
{
    return {at(fromSeconds(seconds)), 0, sim::TurnKnob{*sim::knobNamed(knob), value}};
}

// The last event up to now that `wanted` accepts; null when there is none left in the log.
template <typename Wanted> const sim::Event *lastEvent(const sim::Timeline &timeline, Wanted wanted)
{
    const sim::EventLog &log = timeline.history().log();
    for (uint64_t number = timeline.lastEvent(); number >= log.firstNumber() && number > 0; --number)
        if (const sim::Event *event = log.numbered(number); event && wanted(*event))
            return event;
    return nullptr;
}

inline bool setsFault(const sim::Event &event, sim::FaultKind kind)
{
    const auto *set = event.as<sim::FaultSet>();
    return set && set->kind == kind;
}

inline bool clearsFault(const sim::Event &event, sim::FaultKind kind)
{
    const auto *cleared = event.as<sim::FaultCleared>();
    return cleared && cleared->kind == kind;
}

inline double secondsOf(Time t) { return toSeconds(t - kTimeZero); }

} // namespace resilience::labs
