// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <latch>
#include <thread>
#include <vector>

namespace tests {

// Runs work(0) to work(count - 1) on a thread each, all let go at once, and joins them.
template <typename Work> void onThreads(int count, const Work &work)
{
    std::latch start(count);
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            work(i);
        });
}

// Lets other threads run until `condition` holds. It must be one that comes to hold without time passing.
template <typename Condition> void yieldUntil(const Condition &condition)
{
    while (!condition())
        std::this_thread::yield();
}

} // namespace tests
