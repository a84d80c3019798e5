// SPDX-License-Identifier: MIT
#include "core/sim/health_watch.h"

namespace resilience::sim {

HealthWatch::HealthWatch(const Scenario &) {}
void HealthWatch::begin(Turn &) {}
void HealthWatch::handle(const Pending &, Turn &, CallFlow &) {}
bool HealthWatch::isVoid(const Pending &) const { return false; }

} // namespace resilience::sim
