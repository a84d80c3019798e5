// SPDX-License-Identifier: MIT
#include "core/sim/lock_room.h"

namespace resilience::sim {

LockRoom::LockRoom(const Scenario &, uint64_t) {}
void LockRoom::begin(Turn &) {}
void LockRoom::handle(const Pending &, Turn &) {}
bool LockRoom::isVoid(const Pending &) const { return false; }
void LockRoom::setFault(const Component &, FaultKind, double, Turn &) {}
void LockRoom::clearFault(const Component &, FaultKind, Turn &) {}
ActiveFaults LockRoom::faults(const Component &) const { return {}; }

} // namespace resilience::sim
