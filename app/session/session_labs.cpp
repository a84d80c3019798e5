// SPDX-License-Identifier: GPL-3.0-or-later
// From one lab to another and from one page of its guide to the next.
#include "app/session/session.h"
#include "labs/catalog.h"

#include <algorithm>

namespace app {

using namespace resilience;
using namespace resilience::sim;

void Session::openLab(const labs::Lab &lab)
{
    if (m_lab == &lab)
        return;
    const auto left = m_left.find(lab.id);
    const auto scenario = left == m_left.end() ? lab.scenarios.front() : left->second.scenario;
    openRun(lab, Timeline(scenario));
}

void Session::leaveFor(const labs::Lab &lab)
{
    m_left.insert_or_assign(m_lab->id, Left{m_goals, m_guide, m_timeline.sharedScenario()});
    m_lab = &lab;
    const auto left = m_left.find(lab.id);
    m_goals = left == m_left.end() ? GoalBook(lab) : left->second.goals;
    m_guide = left == m_left.end() ? GuideProgress{} : left->second.guide;
}

void Session::openScenarioOfBeat()
{
    const auto &beats = m_lab->guide.beats;
    const std::string wanted = m_guide.beat() < beats.size() ? beats[m_guide.beat()].scenario : std::string{};
    const auto other = wanted == scenario().name ? nullptr : m_lab->scenario(wanted);
    if (other)
        openScenario(other);
    else
        moved();
}

const labs::Lab *Session::nextLab() const
{
    const auto &all = labs::catalog();
    const auto here =
        std::find_if(all.begin(), all.end(), [this](const labs::Lab &lab) { return lab.id == m_lab->id; });
    return here == all.end() || here + 1 == all.end() ? nullptr : &*(here + 1);
}

void Session::nextBeat()
{
    if (!m_guide.hasNext(*m_lab)) {
        if (const labs::Lab *next = nextLab())
            openLab(*next);
        return;
    }
    m_guide.next(*m_lab, m_goals);
    openScenarioOfBeat();
}

void Session::previousBeat()
{
    m_guide.previous(*m_lab, m_goals);
    openScenarioOfBeat();
}

} // namespace app
