// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"

#include <QString>

#include <array>
#include <vector>

namespace app {

// What a long wait can be cut short to.
enum class RunUntil : uint8_t {
    Open,
    HalfOpen,
    Closed,
    Rejection,
    Failure,
    End,
    Throttled,
    Retry,
    Timeout,
    HealthChange,
    LockDecision,
    StaleWrite,
};
// In the order in which they are offered.
inline constexpr std::array kRunUntils{RunUntil::Open,         RunUntil::HalfOpen,   RunUntil::Closed,
                                       RunUntil::Rejection,    RunUntil::Throttled,  RunUntil::Retry,
                                       RunUntil::Failure,      RunUntil::Timeout,    RunUntil::HealthChange,
                                       RunUntil::LockDecision, RunUntil::StaleWrite, RunUntil::End};

// Those that can come in this scenario, whatever is done to it. End always.
std::vector<RunUntil> waitsIn(const resilience::sim::Scenario &scenario);
// Whether the wait is over with this event; never for End.
bool isOver(RunUntil wait, const resilience::sim::Event &event);
// "to half-open"
QString labelOf(RunUntil wait);

} // namespace app
