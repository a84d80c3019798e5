// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <chrono>

namespace resilience::runtime {

/// Now, on the process's steady clock. The only place of core that reads a clock.
inline Time steadyNow() noexcept
{
    return Time{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

} // namespace resilience::runtime
