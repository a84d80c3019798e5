// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/steady_time.h"
#include "core/time.h"

#include <functional>
#include <stop_token>

namespace resilience::runtime {

/// Sleeps until `moment` of the steady clock. False: `stop` was requested before, and the sleep ended at once.
bool steadySleepUntil(Time moment, const std::stop_token &stop);

/// For as long as it takes.
void sleepUntilStopped(const std::stop_token &stop);

/// Where the time comes from, and how to let it pass. The default is the steady clock; a test hands in its own two
/// functions. Both are called from many threads at once.
struct Clock {
    std::function<Time()> now = [] { return steadyNow(); }; // read for every call: one jump, not two
    std::function<bool(Time moment, const std::stop_token &stop)> sleepUntil = steadySleepUntil;
};

/// The longest that one wait on a condition variable is asked to last; longer ones are repeated. Some systems take a
/// moment too far ahead for one long past.
inline constexpr Duration kLongestNap = std::chrono::hours{1};

} // namespace resilience::runtime
