// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/sim/engine/journal.h"
#include "core/sim/world/world.h"

#include <cstddef>
#include <optional>
#include <vector>

// How a journal is followed: a turn is one pending event of the world or one journal entry. `done` is how many entries
// have been followed so far.
namespace resilience::sim {

/// Whether a journal entry comes next. Entries come before the pending events of their instant, unless they were made
/// after some of them.
bool journalIsNext(const Journal &journal, size_t done, const World &world);
/// When the next thing happens. None: nothing ever will.
std::optional<Time> nextTime(const Journal &journal, size_t done, const World &world);
/// Takes the next turn and appends what it caused. An error when a journal entry was refused; then it changed nothing.
std::optional<ConfigError> takeTurn(const Journal &journal, size_t &done, World &world, std::vector<Event> &out);

} // namespace resilience::sim
