// SPDX-License-Identifier: MIT
#include "core/runtime/attempt_stop.h"

#include "core/runtime/watchdog.h"

namespace resilience::runtime {

StopAtLimit::~StopAtLimit()
{
    m_forward.reset(); // waits for one that is under way
    if (m_watched != 0)
        m_watchdog.remove(m_watched);
}

std::stop_token StopAtLimit::token()
{
    const auto limit = m_limit.moment();
    if (!limit)
        return m_callers;
    const std::lock_guard lock(m_mutex);
    if (!m_source) {
        m_source.emplace();
        m_forward.emplace(m_callers, Forward{*m_source});
        m_watched = m_watchdog.add(*limit, *m_source);
    }
    return m_source->get_token();
}

} // namespace resilience::runtime
