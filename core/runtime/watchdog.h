// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/clock.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace resilience::runtime {

/// Asks to stop, each at its moment. One thread, which begins when it is first needed.
class Watchdog {
public:
    explicit Watchdog(Clock clock);
    /// Waits for its thread, unless it runs there: what is asked to stop may own the watchdog.
    ~Watchdog();
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    /// Throws std::system_error when there are no more threads.
    uint64_t add(Time moment, const std::stop_source &source);
    /// Not asked any more; who is being asked right now still is.
    void remove(uint64_t id);

private:
    struct Watched;
    static void watch(const std::shared_ptr<Watched> &watched);

    const std::shared_ptr<Watched> m_watched;
    std::once_flag m_begun;
    std::thread m_thread;
};

} // namespace resilience::runtime
