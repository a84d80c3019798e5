// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/clock.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace tests {

// A clock that only moves when told to. Sleeping on it takes no time: it moves to where the sleep ends. It must outlive
// what uses it; any number of threads may.
class ManualClock {
public:
    explicit ManualClock(resilience::Time start = resilience::at(std::chrono::seconds{100}))
        : m_now(start.time_since_epoch().count())
    {
    }

    resilience::Time now() const { return resilience::at(resilience::Duration{m_now.load()}); }
    void set(resilience::Time now) { m_now = now.time_since_epoch().count(); }
    void advance(resilience::Duration by) { m_now += by.count(); }

    // How long each sleep was, in the order in which they began.
    std::vector<resilience::Duration> sleeps() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sleeps;
    }

    resilience::runtime::Clock clock()
    {
        return {[this] { return now(); },
                [this](resilience::Time moment, const std::stop_token &stop) {
                    const std::lock_guard lock(m_mutex);
                    m_sleeps.push_back(resilience::saturatingSince(moment, now()));
                    if (stop.stop_requested())
                        return false;
                    set(moment);
                    return true;
                }};
    }

private:
    std::atomic<int64_t> m_now;
    mutable std::mutex m_mutex;
    std::vector<resilience::Duration> m_sleeps;
};

} // namespace tests
