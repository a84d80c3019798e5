// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/goal_book.h"

#include <algorithm>

namespace app {

using namespace resilience;

void GoalBook::clear(const labs::Lab &lab) { m_met.assign(lab.goals.size(), false); }

void GoalBook::recall(const labs::Lab &lab, const std::vector<std::string> &met)
{
    clear(lab);
    for (size_t i = 0; i < m_met.size(); ++i)
        m_met[i] = std::find(met.begin(), met.end(), lab.goals[i].id) != met.end();
}

bool GoalBook::update(const labs::Lab &lab, const sim::Timeline &timeline)
{
    bool news = false;
    for (size_t i = 0; i < m_met.size(); ++i) {
        if (m_met[i] || !lab.goals[i].met(timeline))
            continue;
        m_met[i] = true;
        news = true;
    }
    return news;
}

size_t GoalBook::met() const { return static_cast<size_t>(std::count(m_met.begin(), m_met.end(), true)); }

bool GoalBook::allMet(const labs::Lab &lab, const std::vector<std::string> &ids) const
{
    if (ids.empty())
        return false;
    return std::all_of(ids.begin(), ids.end(), [&](const std::string &id) {
        for (size_t i = 0; i < lab.goals.size(); ++i)
            if (lab.goals[i].id == id)
                return static_cast<bool>(m_met[i]);
        return false;
    });
}

} // namespace app
