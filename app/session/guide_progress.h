// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/goal_book.h"
#include "core/time.h"
#include "labs/lab.h"

#include <cstddef>

namespace app {

// Which beat of the guide is on. It moves on by itself when the model says that the thing has happened, but leaves time
// to read the takeaway, never turns a page that a person has just turned back, and never takes the run away: a beat
// about another scenario waits for a person to go there.
class GuideProgress {
public:
    // Screen time, while the run plays, between the last goal of a beat and the next beat.
    static constexpr resilience::Duration kReadingTime = std::chrono::seconds{6};

    void clear() { *this = GuideProgress{}; }

    size_t beat() const { return m_beat; }
    // It came here by itself: the takeaway of the beat before still deserves a look.
    bool movedOn() const { return m_movedOn; }

    bool hasNext(const resilience::labs::Lab &lab) const { return m_beat + 1 < lab.guide.beats.size(); }
    bool hasPrevious() const { return m_beat > 0; }
    void next(const resilience::labs::Lab &lab, const GoalBook &goals);
    void previous(const resilience::labs::Lab &lab, const GoalBook &goals);

    // Every goal of the present beat is met.
    bool isOver(const resilience::labs::Lab &lab, const GoalBook &goals) const;
    // `wall` of screen time has been played; `scenario` is the name of the one that is open. True when it moved on.
    bool tick(const resilience::labs::Lab &lab, const GoalBook &goals, const std::string &scenario,
              resilience::Duration wall);

private:
    void turnTo(size_t beat, const resilience::labs::Lab &lab, const GoalBook &goals);

    size_t m_beat = 0;
    bool m_movedOn = false;
    bool m_byItself = true; // whether this page may be turned without a person
    resilience::Duration m_read{};
};

} // namespace app
