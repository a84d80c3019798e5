// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/knobs.h"
#include "core/sim/timeline.h"

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

// Precondition: there is a knob of that name.
inline sim::JournalEntry turn(double seconds, const char *knob, double value)
{
    return {at(fromSeconds(seconds)), 0, sim::TurnKnob{*sim::knobNamed(knob), value}};
}

} // namespace resilience::labs
