// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/sweep/sweep.h"

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace app {

// Threads that share the work of playing runs: each takes the next number and does with it what `task` says, until
// there are none left, a task answers false, something is thrown, or stop() is called.
class SweepWork {
public:
    using Task = std::function<bool(uint64_t number)>;

    // Begins at once with the numbers 0..count - 1. `task` is called from all threads at the same time.
    SweepWork(uint64_t count, unsigned threads, Task task);
    ~SweepWork(); // stops, and waits for the tasks that run
    SweepWork(const SweepWork &) = delete;
    SweepWork &operator=(const SweepWork &) = delete;

    uint64_t done() const { return m_done; }
    // Nothing runs any more and nothing will.
    bool finished() const { return m_running == 0; }
    bool stopping() const { return m_stop; }
    void stop() { m_stop = true; }
    // Waits until it is finished. Throws what a task threw.
    void join();

private:
    void work();

    uint64_t m_count;
    Task m_task;
    std::atomic<uint64_t> m_next{0};
    std::atomic<uint64_t> m_done{0};
    std::atomic<unsigned> m_running;
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex;
    std::exception_ptr m_failure; // the first
    std::vector<std::thread> m_threads;
};

// As many as the machine runs at the same time, at least one.
unsigned usualThreads();

} // namespace app
