// SPDX-License-Identifier: MIT
#include "core/runtime/executor.h"

#include <thread>
#include <utility>

namespace resilience::runtime {

void onOwnThread(std::function<void()> task) { std::jthread(std::move(task)).detach(); }

void TaskCount::start(const Executor &executor, std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_out;
    }
    try {
        executor([this, task = std::move(task)]() mutable {
            task();
            task = nullptr; // what it owns goes before it counts as ended
            end();
        });
    } catch (...) {
        end();
        throw;
    }
}

void TaskCount::waitForNone()
{
    std::unique_lock lock(m_mutex);
    m_none.wait(lock, [this] { return m_out == 0; });
}

// Tells under the lock: who waits may destroy this as soon as it has the lock.
void TaskCount::end()
{
    const std::lock_guard lock(m_mutex);
    if (--m_out == 0)
        m_none.notify_all();
}

} // namespace resilience::runtime
