// SPDX-License-Identifier: MIT
#include "core/sim/measure/gauge.h"

#include <algorithm>

namespace resilience::sim {

std::vector<Gauge> gaugesOf(const World &world)
{
    std::vector<Gauge> gauges;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        const PolicyOrder &known = world.pipelines()[i].config().configured;
        if (known.has(PolicyKind::RateLimiter))
            gauges.push_back({GaugeKind::Permits, i});
        if (known.has(PolicyKind::Bulkhead)) {
            gauges.push_back({GaugeKind::SlotsInUse, i});
            gauges.push_back({GaugeKind::SlotsQueued, i});
        }
    }
    for (uint32_t i = 0; i < world.services().size(); ++i)
        if (world.services()[i].config().workers > 0) {
            gauges.push_back({GaugeKind::ServiceBusy, i});
            gauges.push_back({GaugeKind::ServiceQueue, i});
        }
    if (!world.lock().holders().empty())
        gauges.push_back({GaugeKind::LockBelievers, 0});
    for (uint32_t i = 0; i < world.lock().holders().size(); ++i)
        gauges.push_back({GaugeKind::LeaseLeft, i});
    return gauges;
}

double read(const Gauge &gauge, const World &world, Time t)
{
    switch (gauge.kind) {
    case GaugeKind::Permits:
        return world.pipelines()[gauge.index].rateLimiter().available(t);
    case GaugeKind::SlotsInUse:
        return world.pipelines()[gauge.index].bulkhead().inUse();
    case GaugeKind::SlotsQueued:
        return world.pipelines()[gauge.index].bulkhead().queued();
    case GaugeKind::ServiceBusy:
        return world.services()[gauge.index].busy();
    case GaugeKind::ServiceQueue:
        return static_cast<double>(world.services()[gauge.index].queue().size());
    case GaugeKind::LockBelievers:
        return world.lock().believers();
    case GaugeKind::LeaseLeft: {
        const auto &until = world.lock().holders()[gauge.index].validUntil;
        return until ? std::max(0.0, toSeconds(*until - t)) : 0.0;
    }
    }
    return 0;
}

} // namespace resilience::sim
