// SPDX-License-Identifier: MIT
#include "core/patterns/fixed_window.h"

#include "core/patterns/limiter_config.h"

#include <algorithm>

namespace resilience {

std::optional<ConfigError> FixedWindowConfig::validate() const
{
    for (auto &&error : {checkCapacity("limit", limit), checkWindow("window", window)})
        if (error)
            return error;
    return std::nullopt;
}

FixedWindow::FixedWindow(const FixedWindowConfig &config) : m_config(checkedConfig(config)) {}

Decision FixedWindow::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    advance(now);
    if (permits <= m_config.limit - m_used) {
        m_used += permits;
        return {};
    }
    if (permits > m_config.limit)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    return {{}, Rejection::Throttled, m_config.window - (m_now - m_start)};
}

uint64_t FixedWindow::available(Time now) const
{
    return windowStart(now) == m_start ? m_config.limit - m_used : m_config.limit;
}

Time FixedWindow::windowStart(Time now) const
{
    now = std::max(now, m_now);
    return now - m_start < m_config.window ? m_start : now - now.time_since_epoch() % m_config.window;
}

void FixedWindow::reconfigure(const FixedWindowConfig &config, Time now)
{
    const FixedWindowConfig &checked = checkedConfig(config);
    advance(now);
    m_config = checked;
    m_used = std::min(m_used, checked.limit);
    m_start = m_now - m_now.time_since_epoch() % checked.window;
}

void FixedWindow::advance(Time now)
{
    m_now = std::max(m_now, now);
    if (m_now - m_start < m_config.window)
        return;
    m_start = windowStart(m_now);
    m_used = 0;
}

} // namespace resilience
