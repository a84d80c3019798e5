// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"

#include <string>
#include <vector>

namespace app {

// Which goals of a lab have been met. A goal once met stays met, also when the run goes back before it, until clear().
class GoalBook {
public:
    explicit GoalBook(const resilience::labs::Lab &lab) { clear(lab); }

    void clear(const resilience::labs::Lab &lab);
    // Those that were met at an earlier time; ids that the lab no longer has are passed over.
    void recall(const resilience::labs::Lab &lab, const std::vector<std::string> &met);
    // Looks at the present moment. True when a goal was met for the first time.
    bool update(const resilience::labs::Lab &lab, const resilience::sim::Timeline &timeline);
    bool isMet(size_t goal) const { return m_met[goal]; }
    size_t met() const;
    // All of the given ids; false for an empty list: there is nothing to be met.
    bool allMet(const resilience::labs::Lab &lab, const std::vector<std::string> &ids) const;

private:
    std::vector<bool> m_met;
};

} // namespace app
