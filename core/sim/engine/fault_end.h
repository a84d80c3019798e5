// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"

#include <optional>

namespace resilience::sim {

/// Another end for a fault, be it ahead or past.
struct FaultEnd {
    uint32_t target = 0; // index among the scenario's components
    FaultKind kind = FaultKind::Outage;
    Time from{}; // when the fault begins
    Time to{}; // when it is to end
    bool operator==(const FaultEnd &) const = default;
};

/// The journal with that end instead of the one it had, if it had one. What people did later than the earlier of the
/// two is dropped: it belonged to another future. The script, of which the journal was made, goes on. None when there
/// is no such fault, when it would end before it begins, or would run into the next one of its kind.
std::optional<Journal> withFaultEnd(const Journal &journal, const Journal &script, const FaultEnd &end);

} // namespace resilience::sim
