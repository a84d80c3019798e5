// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/guide_progress.h"

namespace app {

using namespace resilience;

void GuideProgress::turnTo(size_t beat, const labs::Lab &lab, const GoalBook &goals)
{
    m_beat = beat;
    m_movedOn = false;
    m_read = Duration::zero();
    // A page that was over before it was opened is one to be read again.
    m_byItself = !isOver(lab, goals);
}

void GuideProgress::next(const labs::Lab &lab, const GoalBook &goals)
{
    if (hasNext(lab))
        turnTo(m_beat + 1, lab, goals);
}

void GuideProgress::previous(const labs::Lab &lab, const GoalBook &goals)
{
    if (hasPrevious())
        turnTo(m_beat - 1, lab, goals);
}

bool GuideProgress::isOver(const labs::Lab &lab, const GoalBook &goals) const
{
    return m_beat < lab.guide.beats.size() && goals.allMet(lab, lab.guide.beats[m_beat].goals);
}

bool GuideProgress::tick(const labs::Lab &lab, const GoalBook &goals, const std::string &scenario, Duration wall)
{
    if (!m_byItself || !isOver(lab, goals) || !hasNext(lab))
        return false;
    const std::string &wanted = lab.guide.beats[m_beat + 1].scenario;
    if (!wanted.empty() && wanted != scenario)
        return false;
    m_read = saturatingAdd(m_read, wall);
    if (m_read < kReadingTime)
        return false;
    ++m_beat;
    m_read = Duration::zero();
    m_movedOn = true;
    return true;
}

} // namespace app
