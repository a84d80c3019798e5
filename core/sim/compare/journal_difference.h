// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"

#include <optional>
#include <vector>

namespace resilience::sim {

/// Something that was done to one of two runs and not, or not so, to the other.
struct JournalChange {
    std::optional<JournalEntry> ours{};
    std::optional<JournalEntry> other{}; // both: the same thing at the same place, set to something else
    const JournalEntry &entry() const { return ours ? *ours : *other; } // where it is, and what it is about
    bool operator==(const JournalChange &) const = default;
};

/// In the order in which they take effect.
std::vector<JournalChange> journalDifference(const Journal &ours, const Journal &other);

/// Our journal with that one thing as it is in the other.
Journal takenBack(const Journal &ours, const JournalChange &change);

/// What a journal has turned a knob to last before the place of `entry`; none when it has not.
std::optional<double> turnedBefore(const Journal &journal, const JournalEntry &entry);

} // namespace resilience::sim
