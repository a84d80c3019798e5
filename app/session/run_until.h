// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/event.h"

#include <QString>

#include <array>

namespace app {

// What a long wait can be cut short to.
enum class RunUntil : uint8_t { Open, HalfOpen, Closed, Rejection, Failure, End };
inline constexpr std::array kRunUntils{RunUntil::Open,      RunUntil::HalfOpen, RunUntil::Closed,
                                       RunUntil::Rejection, RunUntil::Failure,  RunUntil::End};

// Whether the wait is over with this event; never for End.
bool isOver(RunUntil wait, const resilience::sim::Event &event);
// "to half-open"
QString labelOf(RunUntil wait);

} // namespace app
