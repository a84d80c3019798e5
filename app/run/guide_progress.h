// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/goal_book.h"
#include "labs/kit/lab.h"

#include <cstddef>

namespace app {

// Which page of the guide is open. Only a person turns it.
class GuideProgress {
public:
    size_t beat() const { return m_beat; }
    bool hasNext(const resilience::labs::Lab &lab) const { return m_beat + 1 < lab.guide.beats.size(); }
    bool hasPrevious() const { return m_beat > 0; }
    // To the last page where there is no such.
    void turnTo(size_t beat, const resilience::labs::Lab &lab);

    // Every goal of the present page is met.
    bool isOver(const resilience::labs::Lab &lab, const GoalBook &goals) const;

private:
    size_t m_beat = 0;
};

} // namespace app
