// SPDX-License-Identifier: MIT
#include "core/patterns/limiters/fixed_window.h"

#include "core/patterns/limiters/clock_window.h"
#include "core/patterns/limiters/limiter_config.h"

#include <algorithm>

namespace resilience {

std::optional<ConfigError> FixedWindowConfig::validate() const
{
    for (auto &&error : {checkCapacity("limit", limit), checkWindow("window", window)})
        if (error)
            return error;
    return std::nullopt;
}

FixedWindow::FixedWindow(const FixedWindowConfig &config, Time now)
    : m_config(checkedConfig(config)), m_start(clockWindowStart(now, config.window)), m_now(now)
{
}

Decision FixedWindow::tryAcquire(Time now, uint64_t permits)
{
    if (permits == 0)
        return {};
    advance(now);
    if (permits <= left()) {
        m_used += permits;
        return {};
    }
    if (permits > m_config.limit)
        return {{}, Rejection::ExceedsCapacity, std::nullopt};
    return {{}, Rejection::Throttled, m_config.window - saturatingSince(m_now, m_start)};
}

uint64_t FixedWindow::available(Time now) const { return windowStart(now) == m_start ? left() : m_config.limit; }

Time FixedWindow::windowStart(Time now) const
{
    now = std::max(now, m_now);
    return saturatingSince(now, m_start) < m_config.window ? m_start : clockWindowStart(now, m_config.window);
}

void FixedWindow::reconfigure(const FixedWindowConfig &config, Time now)
{
    const FixedWindowConfig &checked = checkedConfig(config);
    advance(now);
    m_config = checked;
    m_start = clockWindowStart(m_now, checked.window);
}

void FixedWindow::advance(Time now)
{
    m_now = std::max(m_now, now);
    if (saturatingSince(m_now, m_start) < m_config.window)
        return;
    m_start = windowStart(m_now);
    m_used = 0;
}

} // namespace resilience
