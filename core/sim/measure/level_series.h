// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/measure/gauge.h"
#include "core/sim/measure/level_path.h"

#include <vector>

namespace resilience::sim {

/// The gauges of a run as functions of time, up to the furthest moment played: at any moment what the world showed
/// then, everything that happened at that moment included. Bounded, see LevelPath.
class LevelSeries {
public:
    LevelSeries() = default;
    /// `world` = the start of the run.
    explicit LevelSeries(const World &world);

    /// Time goes on to `t` without anything happening in `world`.
    void passTo(Time t, const World &world);
    /// Something has just happened.
    void sample(const World &world);
    /// As passTo(), but only until the next call of any of these: the moment to which was played, with more to come.
    void reach(const World &world);

    const std::vector<Gauge> &gauges() const { return m_gauges; }
    const LevelPath &path(size_t gauge) const { return m_reached.empty() ? m_paths[gauge] : m_reached[gauge]; }
    double valueAt(size_t gauge, Time t) const { return path(gauge).valueAt(t).value_or(0); }

    /// How far the run was played after its last event makes no difference.
    bool operator==(const LevelSeries &other) const { return m_gauges == other.m_gauges && m_paths == other.m_paths; }

private:
    std::vector<Gauge> m_gauges;
    std::vector<LevelPath> m_paths; // up to the last event
    std::vector<LevelPath> m_reached; // ... and on to where the run stands; empty when that is the same
};

} // namespace resilience::sim
