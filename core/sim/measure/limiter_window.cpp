// SPDX-License-Identifier: MIT
#include "core/sim/measure/limiter_window.h"

#include <algorithm>

namespace resilience::sim {

Duration windowOf(const AnyLimiterConfig &config)
{
    return fromSeconds(static_cast<double>(burstOf(config)) / perSecondOf(config));
}

void LimiterWindow::add(Time now, const AnyLimiterConfig &config)
{
    if (m_config != config) {
        m_config = config;
        m_most = 0;
    }
    const Duration window = windowOf(config);
    m_latest.push_back(now);
    while (now - m_latest.front() >= window || m_latest.size() > kMost)
        m_latest.pop_front();
    m_most = std::max<uint64_t>(m_most, m_latest.size());
}

} // namespace resilience::sim
