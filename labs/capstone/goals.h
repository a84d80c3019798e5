// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"

// The predicates of the capstone, over what has happened by timeline.now().
namespace resilience::labs::capstone {

using resilience::sim::Timeline;

// Five seconds with no fault, no more load than usual, and yet less than 30 % goodput.
bool gotStuck(const Timeline &timeline);
// Later on, without asking for less: goodput of 90 % and more for five seconds, at no less than 80 % of the usual load.
bool gotOut(const Timeline &timeline);
// A policy, or a whole kind of them, was taken out of use and put back.
bool switchedOffAndOn(const Timeline &timeline);
// A day with at least two faults is over, and in its last third 80 % and more succeeded.
bool survived(const Timeline &timeline);

} // namespace resilience::labs::capstone
