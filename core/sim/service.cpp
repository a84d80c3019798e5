// SPDX-License-Identifier: MIT
#include "core/sim/service.h"

#include <algorithm>

namespace resilience::sim {

Service::Plan Service::receive()
{
    const double spreadDraw = m_random.unit();
    const double errorDraw = m_random.unit();
    const double spikeDraw = m_random.unit();

    if (fault(FaultKind::Outage))
        return {Plan::Kind::Refuse, {}, true};
    if (fault(FaultKind::Hang))
        return {Plan::Kind::NeverAnswer, {}, false};

    Plan plan;
    const Duration spread = std::min(m_config.spread, m_config.latency);
    const double offset = (2.0 * spreadDraw - 1.0) * static_cast<double>(spread.count());
    plan.takes = saturatingAdd(m_config.latency, Duration{std::llround(offset)});
    if (const auto added = fault(FaultKind::Latency))
        plan.takes = saturatingAdd(plan.takes, fromSeconds(*added));
    if (const auto spike = fault(FaultKind::LatencySpikes); spike && spikeDraw < kSpikeShare)
        plan.takes = saturatingAdd(plan.takes, fromSeconds(*spike));
    plan.fails = errorDraw < std::max(m_config.errorRate, fault(FaultKind::ErrorRate).value_or(0.0));
    return plan;
}

} // namespace resilience::sim
