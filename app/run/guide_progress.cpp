// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/guide_progress.h"

#include <algorithm>

namespace app {

using namespace resilience;

void GuideProgress::turnTo(size_t beat, const labs::Lab &lab)
{
    const size_t pages = lab.guide.beats.size();
    m_beat = pages == 0 ? 0 : std::min(beat, pages - 1);
}

bool GuideProgress::isOver(const labs::Lab &lab, const GoalBook &goals) const
{
    return m_beat < lab.guide.beats.size() && goals.allMet(lab, lab.guide.beats[m_beat].goals);
}

} // namespace app
