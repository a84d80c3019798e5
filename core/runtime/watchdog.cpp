// SPDX-License-Identifier: MIT
#include "core/runtime/watchdog.h"

#include <map>
#include <utility>

namespace resilience::runtime {

struct Watchdog::Watched {
    explicit Watched(Clock its) : clock(std::move(its)) {}

    const Clock clock;
    std::mutex mutex; // for what follows
    std::map<std::pair<Time, uint64_t>, std::stop_source> sources; // by moment and id
    std::map<uint64_t, Time> moments; // by id
    std::stop_source wake; // ends the sleep of the thread
    uint64_t lastId = 0;
    bool ends = false;
};

Watchdog::Watchdog(Clock clock) : m_watched(std::make_shared<Watched>(std::move(clock))) {}

Watchdog::~Watchdog()
{
    {
        const std::lock_guard lock(m_watched->mutex);
        m_watched->ends = true;
        m_watched->wake.request_stop();
    }
    if (!m_thread.joinable())
        return;
    if (m_thread.get_id() == std::this_thread::get_id())
        m_thread.detach();
    else
        m_thread.join();
}

uint64_t Watchdog::add(Time moment, const std::stop_source &source)
{
    std::call_once(m_begun, [this] { m_thread = std::thread([watched = m_watched] { watch(watched); }); });
    const std::lock_guard lock(m_watched->mutex);
    const uint64_t id = ++m_watched->lastId;
    const auto added = m_watched->sources.emplace(std::pair{moment, id}, source).first;
    m_watched->moments.emplace(id, moment);
    if (added == m_watched->sources.begin())
        m_watched->wake.request_stop();
    return id;
}

void Watchdog::remove(uint64_t id)
{
    const std::lock_guard lock(m_watched->mutex);
    const auto found = m_watched->moments.find(id);
    if (found == m_watched->moments.end())
        return;
    m_watched->sources.erase({found->second, id});
    m_watched->moments.erase(found);
}

void Watchdog::watch(const std::shared_ptr<Watched> &watched)
{
    std::unique_lock lock(watched->mutex);
    while (!watched->ends) {
        const auto first = watched->sources.begin();
        const bool none = first == watched->sources.end();
        if (!none && first->first.first <= watched->clock.now()) {
            std::stop_source source = first->second;
            watched->moments.erase(first->first.second);
            watched->sources.erase(first);
            lock.unlock();
            source.request_stop();
            lock.lock();
            continue;
        }
        watched->wake = std::stop_source();
        const std::stop_token woken = watched->wake.get_token();
        const Time moment = none ? kTimeMax : first->first.first;
        lock.unlock();
        if (none)
            sleepUntilStopped(woken);
        else
            watched->clock.sleepUntil(moment, woken);
        lock.lock();
    }
}

} // namespace resilience::runtime
