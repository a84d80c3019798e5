// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/fault.h"

#include <QString>

namespace widgets::words {

// What a fault is called, with its value, where it is shown.
struct FaultWords {
    QString sign; // at whatever has it: "OUTAGE", "+2 s", "clock +50 %"
    QString name; // by itself: "outage", "added latency 2 s"
    QString brief; // the same where there is less room: "+2 s"
};
FaultWords faultWords(resilience::sim::FaultKind kind, double value);

} // namespace widgets::words
