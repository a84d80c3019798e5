// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/twin.h"

#include <utility>

namespace app {

using namespace resilience::sim;

namespace {

const KeptRun *besideIn(const KeptRuns &kept)
{
    return kept.beside && *kept.beside < kept.runs.size() ? &kept.runs[*kept.beside] : nullptr;
}

} // namespace

bool isThat(const Timeline &run, const KeptRun &kept)
{
    return run.sharedScenario() == kept.scenario && run.seed() == kept.seed && run.journal() == kept.journal;
}

void Twin::forget()
{
    m_frame = {};
    m_difference.reset();
    m_finder = {};
    m_snapshots = {};
}

void Twin::set(Shared kept)
{
    m_kept = std::move(kept);
    const KeptRun *beside = besideIn(*m_kept);
    if (!beside)
        m_other.reset();
    else if (!m_other || !isThat(*m_other, *beside))
        m_other.emplace(beside->scenario, beside->seed, beside->journal);
    forget();
}

void Twin::set(KeptRuns kept) { set(std::make_shared<const KeptRuns>(std::move(kept))); }

void Twin::set(KeptRuns kept, Timeline other)
{
    m_other = std::move(other);
    set(std::move(kept));
}

void Twin::playAgain()
{
    const KeptRun *beside = besideIn(*m_kept);
    if (!beside)
        return;
    m_other.emplace(beside->scenario, beside->seed, beside->journal);
    m_frame = {};
    m_snapshots = {};
}

Timeline Twin::takeOther() { return *std::exchange(m_other, std::nullopt); }

bool Twin::follow(const Timeline &ours, uint64_t maxTurns)
{
    if (!m_other)
        return true;
    m_frame = {};
    m_behind = !m_other->runTo(ours.now(), maxTurns);
    m_difference = m_finder.find(ours, *m_other, maxTurns);
    m_behind = m_behind || !m_finder.done();
    return !m_behind;
}

const SharedSnapshot &Twin::frame(const Snapshot &ours) const
{
    if (!m_frame) {
        Snapshot made = m_snapshots.of(*m_other);
        made.speed = ours.speed;
        made.playing = ours.playing;
        made.until = ours.until;
        m_frame = std::move(made);
    }
    return m_frame;
}

} // namespace app
