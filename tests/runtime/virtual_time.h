// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/clock.h"
#include "core/runtime/executor.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace tests {

// Threads in simulated time: one of them runs at a time, until it sleeps or ends. When all sleep it is the moment at
// which the first of them wakes; who is asked to stop wakes at once. So every run of the same threads is the same.
class VirtualTime {
public:
    explicit VirtualTime(resilience::Time start) : m_now(start) {}
    VirtualTime(const VirtualTime &) = delete;
    VirtualTime &operator=(const VirtualTime &) = delete;

    // One thread a task, begun in their order; returns when the last has ended, those that were started meanwhile too.
    void run(const std::vector<std::function<void()>> &tasks);
    // For another thread, of one that runs. It begins when nobody else wants to go on at this moment.
    void start(std::function<void()> task);

    resilience::Time now() const;
    bool sleepUntil(resilience::Time moment, const std::stop_token &stop);

    resilience::runtime::Clock clock();
    resilience::runtime::Executor executor();

private:
    struct Sleeper {
        std::condition_variable turn;
        bool mayRun = false;
        bool queued = false; // in m_ready
    };

    void end();
    void goOn(std::unique_lock<std::mutex> &lock);
    void awaitTurn(std::unique_lock<std::mutex> &lock, Sleeper &sleeper);

    mutable std::mutex m_mutex;
    resilience::Time m_now;
    std::map<std::pair<resilience::Time, uint64_t>, Sleeper *> m_asleep; // by moment, then by who slept first
    std::deque<Sleeper *> m_ready; // at this moment, in the order in which they became so
    uint64_t m_sequence = 0;
    size_t m_alive = 0;
    std::vector<std::thread> m_threads;
    std::condition_variable m_allEnded;
};

} // namespace tests
