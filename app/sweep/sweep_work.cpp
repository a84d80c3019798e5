// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/sweep_work.h"

#include <algorithm>
#include <utility>

namespace app {

SweepWork::SweepWork(uint64_t count, unsigned threads, Task task)
    : m_count(count), m_task(std::move(task)),
      m_running(static_cast<unsigned>(std::min<uint64_t>(count, std::max(1U, threads))))
{
    const unsigned started = m_running;
    for (unsigned i = 0; i < started; ++i)
        m_threads.emplace_back([this] { work(); });
}

SweepWork::~SweepWork()
{
    stop();
    for (std::thread &thread : m_threads)
        if (thread.joinable())
            thread.join();
}

void SweepWork::work()
{
    try {
        while (!m_stop) {
            const uint64_t number = m_next++;
            if (number >= m_count)
                break;
            if (!m_task(number))
                m_stop = true;
            else
                ++m_done;
        }
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = std::current_exception();
        m_stop = true;
    }
    --m_running;
}

void SweepWork::join()
{
    for (std::thread &thread : m_threads)
        if (thread.joinable())
            thread.join();
    if (m_failure)
        std::rethrow_exception(m_failure);
}

unsigned usualThreads() { return std::max(1U, std::thread::hardware_concurrency()); }

} // namespace app
