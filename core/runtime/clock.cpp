// SPDX-License-Identifier: MIT
#include "core/runtime/clock.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace resilience::runtime {

bool steadySleepUntil(Time moment, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any woken; // by the stop token alone
    std::unique_lock lock(mutex);
    for (Time now = steadyNow(); now < moment && !stop.stop_requested(); now = steadyNow())
        woken.wait_for(lock, stop, std::min(saturatingSince(moment, now), kLongestNap), [] { return false; });
    return !stop.stop_requested();
}

void sleepUntilStopped(const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any woken; // by the stop token alone
    std::unique_lock lock(mutex);
    woken.wait(lock, stop, [] { return false; });
}

} // namespace resilience::runtime
