// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/compare/journal_difference.h"
#include "core/sim/run/timeline.h"

#include <string>
#include <vector>

namespace resilience::sim {

/// What is not the same in two runs before anything has happened in them: "scenario herd-jitter instead of herd", "seed
/// 12 instead of 11". Empty where both began alike.
std::vector<std::string> startDifferences(const Timeline &ours, const Timeline &other);

/// "jitter: none -> full at 3.2 s", "outage of payment at 5.0 s", "not here: outage of payment at 5.0 s". Of a knob
/// both values, the other run's first.
std::string changeText(const JournalChange &change, const Timeline &ours, const Timeline &other);

} // namespace resilience::sim
