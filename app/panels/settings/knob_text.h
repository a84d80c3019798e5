// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/world/knobs.h"

#include <QString>

#include <optional>

// Knobs and refusals in words for people.
namespace app {

QString labelOf(const resilience::sim::KnobSpec &knob);
// "3", "5.0 s", "50 ms", "50 %", "on"
QString valueText(const resilience::sim::KnobSpec &knob, double value);
// For who points at it: what it takes and what the scenario sets it to (`usual`, where that is known). "Open duration:
// 0.1 s to 60 s. Here 5.0 s."
QString helpText(const resilience::sim::KnobSpec &knob, std::optional<double> usual);
// "Not possible. Minimum calls: found 200, expected at most the window's size, 100."
QString refusalText(const resilience::ConfigError &error);

} // namespace app
