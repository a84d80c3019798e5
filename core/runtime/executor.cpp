// SPDX-License-Identifier: MIT
#include "core/runtime/executor.h"

#include <thread>
#include <utility>

namespace resilience::runtime {

namespace {

// The tasks that this thread is running, one inside the other.
struct Running {
    const TaskCount *of;
    const Running *outer;
};
thread_local const Running *innermost = nullptr;

} // namespace

void onOwnThread(std::function<void()> task) { std::jthread(std::move(task)).detach(); }

void TaskCount::start(const Executor &executor, std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_out;
    }
    try {
        executor([count = shared_from_this(), task = std::move(task)]() mutable {
            const Running running{count.get(), innermost};
            innermost = &running;
            task();
            task = nullptr; // what it owns goes before it counts as ended
            innermost = running.outer;
            count->end();
        });
    } catch (...) {
        end();
        throw;
    }
}

void TaskCount::waitForOthers()
{
    uint64_t own = 0;
    for (const Running *running = innermost; running; running = running->outer)
        own += running->of == this;
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this, own] { return m_out <= own; });
}

void TaskCount::end()
{
    const std::lock_guard lock(m_mutex);
    --m_out;
    m_ended.notify_all();
}

} // namespace resilience::runtime
