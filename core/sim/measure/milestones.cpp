// SPDX-License-Identifier: MIT
#include "core/sim/measure/milestones.h"

#include "core/sim/measure/goodput.h"
#include "core/sim/world/world.h"

namespace resilience::sim {

namespace {

constexpr Duration kLookEvery = std::chrono::seconds{1};
constexpr double kNearlyUsual = 0.8; // of the load

} // namespace

Milestones::Milestones(const World &world) : m_windows(world.pipelines().size()), m_nextLook(at(Goodput::kOver)) {}

void Milestones::add(const Event &event, const World &world)
{
    if (!event.as<Sent>() || !event.pipeline)
        return;
    const PipelineConfig &config = world.pipelines()[*event.pipeline].config();
    if (config.configured.has(PolicyKind::RateLimiter))
        m_windows[*event.pipeline].add(event.at, config.rateLimiter);
}

void Milestones::lookAt(const History &history, const Scenario &scenario, Time now)
{
    for (; m_nextLook <= now && !m_recovered; m_nextLook += kLookEvery) {
        const Goodput goodput = goodputAt(history, scenario, m_nextLook);
        if (!m_stuck && goodput.metastable())
            m_stuck = m_nextLook;
        else if (m_stuck && goodput.up() && goodput.offeredPerSecond() >= goodput.usual * kNearlyUsual)
            m_recovered = m_nextLook;
    }
}

} // namespace resilience::sim
