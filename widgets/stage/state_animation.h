// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_phase.h"

#include <optional>

namespace widgets {

// Turns the states of a scene into the phase of its stage's animation. It reads no clock: every call is told the
// animation clock's time, which goes on while the run is paused, so that a single step is seen as well.
class StateAnimation {
public:
    static constexpr double kSeconds = 0.4; // that a change of state takes on screen

    // A single change of state, just now, is animated. Anything else (the first frame, another run, a step back, a jump
    // over several changes or to a moment long after one) is simply there. `jumped` says so explicitly.
    void show(const StageState &state, const resilience::sim::Snapshot &snapshot, double animationNow,
              bool jumped = false);
    void setReducedMotion(bool reduced) { m_reduced = reduced; }

    StagePhase phase(double animationNow) const;
    bool running(double animationNow) const { return phase(animationNow).transition < 1.0; }

private:
    struct Shown {
        uint64_t seed = 0;
        StageState state{};
        resilience::Time now{};
        bool playing = false;
        double at = 0; // on the animation clock
    };
    std::optional<Shown> m_shown;
    std::optional<double> m_began;
    uint64_t m_from = 0;
    double m_played = 0; // seconds of the animation clock between two frames of playing
    bool m_reduced = false;
};

} // namespace widgets
