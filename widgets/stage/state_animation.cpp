// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/state_animation.h"

#include <algorithm>
#include <utility>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

constexpr double kJustNow = 0.5; // seconds of screen time that a change may be old when it is first seen

bool isOld(const StageState &state, const Snapshot &snapshot)
{
    return state.since
           && resilience::toSeconds(snapshot.now - *state.since) / std::max(1e-9, snapshot.speed) > kJustNow;
}

} // namespace

void StateAnimation::show(const StageState &state, const Snapshot &snapshot, double animationNow, bool jumped)
{
    const Shown next{snapshot.seed, state, snapshot.now, snapshot.playing, animationNow};
    const std::optional<Shown> before = std::exchange(m_shown, next);
    if (before && before->playing && next.playing)
        m_played += std::max(0.0, animationNow - before->at);
    if (!before || jumped || before->seed != next.seed || next.now < before->now
        || state.changes < before->state.changes) {
        m_began.reset();
        return;
    }
    if (state.key == before->state.key && state.changes == before->state.changes)
        return;
    if (state.changes > before->state.changes + 1 || isOld(state, snapshot)) {
        m_began.reset();
        return;
    }
    m_from = before->state.key;
    m_began = animationNow;
}

StagePhase StateAnimation::phase(double animationNow) const
{
    StagePhase phase{.from = m_shown ? m_shown->state.key : m_from,
                     .reducedMotion = m_reduced,
                     .seconds = m_reduced ? 0.0 : m_played};
    if (m_began && !m_reduced) {
        phase.transition = std::clamp((animationNow - *m_began) / kSeconds, 0.0, 1.0);
        if (phase.transition < 1)
            phase.from = m_from;
    }
    return phase;
}

} // namespace widgets
