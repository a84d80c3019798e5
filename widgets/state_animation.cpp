// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state_animation.h"

#include <algorithm>
#include <utility>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

constexpr double kJustNow = 0.5; // seconds of screen time that a change may be old when it is first seen

} // namespace

void StateAnimation::show(const Snapshot &snapshot, uint32_t client, double animationNow, bool jumped)
{
    const resilience::BreakerView &breaker = snapshot.clients[client].breaker;
    const Shown next{snapshot.seed, breaker.generation, breaker.state, snapshot.now};
    const std::optional<Shown> before = std::exchange(m_shown, next);
    if (!before || jumped || before->seed != next.seed || next.now < before->now
        || next.generation < before->generation) {
        m_began.reset();
        return;
    }
    if (next.generation == before->generation)
        return;
    const double age = resilience::toSeconds(snapshot.now - breaker.since) / std::max(1e-9, snapshot.speed);
    if (next.generation != before->generation + 1 || age > kJustNow) {
        m_began.reset();
        return;
    }
    m_from = before->state;
    m_began = animationNow;
}

StagePhase StateAnimation::phase(double animationNow) const
{
    StagePhase phase{.from = m_shown ? m_shown->state : m_from, .reducedMotion = m_reduced};
    if (m_began && !m_reduced) {
        phase.transition = std::clamp((animationNow - *m_began) / kSeconds, 0.0, 1.0);
        if (phase.transition < 1)
            phase.from = m_from;
    }
    return phase;
}

} // namespace widgets
