// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "widgets/stage_phase.h"

#include <optional>

namespace widgets {

// Turns what a breaker does into the phase of its stage's animation. It reads no clock: every call is told the
// animation clock's time, which goes on while the run is paused, so that a single step is seen as well.
class StateAnimation {
public:
    static constexpr double kSeconds = 0.4; // that a change of state takes on screen

    // A change of state by one generation, just now, is animated. Anything else (the first frame, another run, a step
    // back, a jump over several changes or to a moment long after one) is simply there. `jumped` says so explicitly.
    void show(const resilience::sim::Snapshot &snapshot, uint32_t client, double animationNow, bool jumped = false);
    void setReducedMotion(bool reduced) { m_reduced = reduced; }

    StagePhase phase(double animationNow) const;
    bool running(double animationNow) const { return phase(animationNow).transition < 1.0; }

private:
    struct Shown {
        uint64_t seed = 0;
        uint64_t generation = 0;
        resilience::BreakerState state = resilience::BreakerState::Closed;
        resilience::Time now;
    };
    std::optional<Shown> m_shown;
    std::optional<double> m_began;
    resilience::BreakerState m_from = resilience::BreakerState::Closed;
    bool m_reduced = false;
};

} // namespace widgets
