// SPDX-License-Identifier: MIT
#include "core/sim/measure/level_series.h"

namespace resilience::sim {

namespace {

void follow(std::vector<LevelPath> &paths, const std::vector<Gauge> &gauges, Time to, const World &world)
{
    for (size_t i = 0; i < gauges.size(); ++i)
        if (spec(gauges[i]).flows)
            paths[i].follow([&](Time t) { return read(gauges[i], world, t); }, to);
}

} // namespace

LevelSeries::LevelSeries(const World &world) : m_gauges(gaugesOf(world)), m_paths(m_gauges.size()) { sample(world); }

void LevelSeries::passTo(Time t, const World &world)
{
    m_reached.clear();
    follow(m_paths, m_gauges, t, world);
}

void LevelSeries::sample(const World &world)
{
    m_reached.clear();
    for (size_t i = 0; i < m_gauges.size(); ++i) {
        LevelPath &path = m_paths[i];
        const double now = read(m_gauges[i], world, world.now());
        const double before = path.empty() ? now : path.back().after;
        if (path.empty() || now != before)
            path.add({world.now(), before, now});
    }
}

void LevelSeries::reach(const World &world)
{
    m_reached = m_paths;
    follow(m_reached, m_gauges, world.now(), world);
}

} // namespace resilience::sim
