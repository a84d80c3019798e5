// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runtime/virtual_time.h"

#include <utility>

namespace tests {

using resilience::Time;

void VirtualTime::run(const std::vector<std::function<void()>> &tasks)
{
    for (const auto &task : tasks)
        start(task);
    std::unique_lock lock(m_mutex);
    if (m_alive > 0)
        goOn(lock);
    m_allEnded.wait(lock, [this] { return m_alive == 0; });
    std::vector<std::thread> threads = std::exchange(m_threads, {});
    lock.unlock();
    for (std::thread &thread : threads)
        thread.join();
}

void VirtualTime::start(std::function<void()> task)
{
    const std::lock_guard lock(m_mutex);
    ++m_alive;
    auto sleeper = std::make_shared<Sleeper>();
    sleeper->queued = true;
    m_ready.push_back(sleeper.get());
    m_threads.emplace_back([this, sleeper, task = std::move(task)]() mutable {
        {
            std::unique_lock inner(m_mutex);
            awaitTurn(inner, *sleeper);
        }
        task();
        task = nullptr;
        end();
    });
}

Time VirtualTime::now() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

bool VirtualTime::sleepUntil(Time moment, const std::stop_token &stop)
{
    Sleeper sleeper;
    std::pair<Time, uint64_t> key;
    {
        const std::lock_guard lock(m_mutex);
        if (stop.stop_requested() || moment <= m_now)
            return !stop.stop_requested();
        key = {moment, ++m_sequence};
        m_asleep.emplace(key, &sleeper);
    }
    const std::stop_callback woken(stop, [&] {
        const std::lock_guard lock(m_mutex);
        if (m_asleep.erase(key) > 0) {
            sleeper.queued = true;
            m_ready.push_back(&sleeper);
        }
    });
    std::unique_lock lock(m_mutex);
    goOn(lock);
    awaitTurn(lock, sleeper);
    return !stop.stop_requested();
}

// Whose turn is it? The running thread asks before it sleeps or ends.
void VirtualTime::goOn(std::unique_lock<std::mutex> &)
{
    if (m_ready.empty() && !m_asleep.empty()) {
        const auto first = m_asleep.begin();
        m_now = std::max(m_now, first->first.first);
        m_ready.push_back(first->second);
        m_asleep.erase(first);
    }
    if (m_ready.empty())
        return;
    Sleeper *next = m_ready.front();
    m_ready.pop_front();
    next->mayRun = true;
    next->turn.notify_one();
}

void VirtualTime::awaitTurn(std::unique_lock<std::mutex> &lock, Sleeper &sleeper)
{
    sleeper.turn.wait(lock, [&] { return sleeper.mayRun; });
}

void VirtualTime::end()
{
    std::unique_lock lock(m_mutex);
    if (--m_alive > 0)
        goOn(lock);
    else
        m_allEnded.notify_all();
}

resilience::runtime::Clock VirtualTime::clock()
{
    return {[this] { return now(); },
            [this](Time moment, const std::stop_token &stop) { return sleepUntil(moment, stop); }};
}

resilience::runtime::Executor VirtualTime::executor()
{
    return [this](std::function<void()> task) { start(std::move(task)); };
}

} // namespace tests
