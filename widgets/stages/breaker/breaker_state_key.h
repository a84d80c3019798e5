// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/breaker_transitions.h"

#include <cstdint>

namespace widgets {

// A breaker's state as the key of a StageState, and back.
constexpr uint64_t stateKeyOf(resilience::BreakerState state) { return static_cast<uint64_t>(state); }
constexpr resilience::BreakerState breakerStateOf(uint64_t key) { return static_cast<resilience::BreakerState>(key); }

} // namespace widgets
