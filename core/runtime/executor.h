// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace resilience::runtime {

/// Runs a task, once, on whatever thread it likes; called by many threads at once. A task that waits for a free thread
/// makes its call wait, and one that is never run makes it wait for ever; where hedging is inside hedging, tasks wait
/// for tasks, and a pool of threads may run dry. It may throw instead of taking the task.
using Executor = std::function<void(std::function<void()> task)>;

/// A new thread for each task. Throws std::system_error when there are no more.
void onOwnThread(std::function<void()> task);

/// How many tasks are out, and a way to wait until none is. Its tasks keep it until they have ended.
class TaskCount : public std::enable_shared_from_this<TaskCount> {
public:
    /// Hands the task to the executor. The task must not throw.
    void start(const Executor &executor, std::function<void()> task);
    /// But for those that the calling thread is running: who waits there would wait for itself.
    void waitForOthers();

private:
    void end();

    std::mutex m_mutex;
    std::condition_variable m_ended;
    uint64_t m_out = 0;
};

} // namespace resilience::runtime
