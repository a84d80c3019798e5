// SPDX-License-Identifier: MIT
#include "core/sim/sweep/run_tally.h"

#include <algorithm>

namespace resilience::sim {

void RunTally::keepSide(const std::vector<uint32_t> &clients)
{
    m_side.emplace(m_series.binWidth(), OutcomeSeries::Durations::Dropped);
    for (const uint32_t client : clients) {
        m_isOfSide.resize(std::max<size_t>(m_isOfSide.size(), client + 1));
        m_isOfSide[client] = true;
    }
}

void RunTally::add(const Event &event)
{
    m_series.add(event);
    if (m_side && event.actor.isClient() && event.actor.index < m_isOfSide.size() && m_isOfSide[event.actor.index])
        m_side->add(event);
    if (event.ends && event.ends->outcome == RequestOutcome::Succeeded)
        m_successTimes.add(event.ends->took);
}

} // namespace resilience::sim
