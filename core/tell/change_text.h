// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/compare/journal_difference.h"
#include "core/sim/run/timeline.h"

#include <string>
#include <vector>

namespace resilience::sim {

/// What is not the same in two runs before anything has happened in them: "scenario herd-jitter instead of herd", "seed
/// 12 instead of 11"; of two scenarios of one step the settings, too: "jitter: none -> full". Empty where both began
/// alike.
std::vector<std::string> startDifferences(const Timeline &ours, const Timeline &other);

/// What was done to the one run and not to the other, without knobs that were turned to where the other has them.
std::vector<JournalChange> changesThatMatter(const Timeline &ours, const Timeline &other);

/// "jitter: none -> full at 3.2 s", "outage of payment at 5.0 s", "not here: outage of payment at 5.0 s". Of a knob
/// both values, the other run's first.
std::string changeText(const JournalChange &change, const Timeline &ours, const Timeline &other);

} // namespace resilience::sim
