// SPDX-License-Identifier: GPL-3.0-or-later
// From one lab to another, from one page of its guide to the next, and from one start of the program to the next.
#include "app/run/session.h"
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
    m_left.insert_or_assign(m_lab->id, Left{m_goals, m_guide, m_timeline.sharedScenario(), m_answers, m_twin.kept()});
    m_lab = &lab;
    m_chosenSpeed.reset();
    const auto left = m_left.find(lab.id);
    m_goals = left == m_left.end() ? GoalBook(lab) : left->second.goals;
    m_guide = left == m_left.end() ? GuideProgress{} : left->second.guide;
    m_answers = left == m_left.end() ? std::map<std::string, GivenAnswer>{} : left->second.answers;
    KeptRuns kept = left == m_left.end() ? KeptRuns{} : *left->second.kept;
    kept.beside.reset();
    kept.ourName.clear();
    m_twin.set(std::move(kept));
}

void Session::turnTo(size_t beat)
{
    if (m_guide.beat() == beat)
        return;
    m_guide.turnTo(beat, *m_lab);
    m_prediction.skip(); // it belongs to the page before
    ++m_progressVersion;
}

bool Session::onGuide() const
{
    const std::string &about = labs::scenarioOf(m_lab->guide, m_guide.beat());
    return about.empty() || about == scenario().name;
}

void Session::backToGuide()
{
    const auto other = onGuide() ? nullptr : m_lab->scenario(labs::scenarioOf(m_lab->guide, m_guide.beat()));
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
    turnTo(m_guide.beat() + 1);
    backToGuide();
}

void Session::previousBeat()
{
    if (m_guide.hasPrevious())
        turnTo(m_guide.beat() - 1);
    backToGuide();
}

// ------------------------------------------------------------------------------- from one start to the next

Progress Session::progress(const labs::Lab &lab) const
{
    const auto left = m_left.find(lab.id);
    if (m_lab != &lab && left == m_left.end())
        return {};
    const GoalBook &goals = m_lab == &lab ? m_goals : left->second.goals;
    const size_t beat = (m_lab == &lab ? m_guide : left->second.guide).beat();
    Progress progress;
    for (size_t i = 0; i < lab.goals.size(); ++i)
        if (goals.isMet(i))
            progress.goals.push_back(lab.goals[i].id);
    if (beat < lab.guide.beats.size())
        progress.page = lab.guide.beats[beat].title;
    progress.answers = m_lab == &lab ? m_answers : left->second.answers;
    return progress;
}

Session::Left Session::leftFrom(const labs::Lab &lab, const Progress &saved) const
{
    Left left{GoalBook(lab), {}, lab.scenarios.front(), saved.answers, std::make_shared<const KeptRuns>()};
    left.goals.recall(lab, saved.goals);
    for (size_t i = 0; i < lab.guide.beats.size(); ++i)
        if (lab.guide.beats[i].title == saved.page)
            left.guide.turnTo(i, lab);
    if (const auto scenario = lab.scenario(labs::scenarioOf(lab.guide, left.guide.beat())))
        left.scenario = scenario;
    return left;
}

void Session::recall(const std::function<Progress(const labs::Lab &)> &saved)
{
    for (const labs::Lab &lab : labs::catalog())
        m_left.insert_or_assign(lab.id, leftFrom(lab, saved(lab)));
    if (const auto here = m_left.find(m_lab->id); here != m_left.end()) {
        m_goals = here->second.goals;
        m_guide = here->second.guide;
        m_answers = here->second.answers;
        m_undo.clear();
        m_prediction.clear();
        m_chosenSpeed.reset();
        watchAtItsSpeed(*here->second.scenario);
        start(Timeline(here->second.scenario));
    }
}

void Session::startOver()
{
    recall([](const labs::Lab &) { return Progress{}; });
    ++m_progressVersion;
    emit changed();
}

} // namespace app
