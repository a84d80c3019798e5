// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/measure/limiter_window.h"
#include "core/time.h"

#include <optional>
#include <vector>

namespace resilience::sim {

class History;
class World;

/// What a run has come to so far, as far as it takes the whole run to tell. It is kept turn by turn, so that asking
/// costs nothing however long the run; as a part of a moment it goes back and forks with it.
class Milestones {
public:
    explicit Milestones(const World &world);

    /// After the turn that caused the event.
    void add(const Event &event, const World &world);
    /// Looks at the goodput of each whole second up to `now`, which the history has to know.
    void lookAt(const History &history, const Scenario &scenario, Time now);

    /// The most that a pipeline's limiter has let through within its window; 0 without a limiter.
    uint64_t mostInAWindow(uint32_t pipeline) const { return m_windows[pipeline].most(); }
    /// When the system was first seen to stay down for no reason but its own state (Goodput::metastable).
    const std::optional<Time> &stuck() const { return m_stuck; }
    /// When it was first seen to be up again after that, with no less load than nearly the usual.
    const std::optional<Time> &recovered() const { return m_recovered; }

    bool operator==(const Milestones &) const = default;

private:
    std::vector<LimiterWindow> m_windows; // by pipeline
    Time m_nextLook;
    std::optional<Time> m_stuck;
    std::optional<Time> m_recovered;
};

} // namespace resilience::sim
