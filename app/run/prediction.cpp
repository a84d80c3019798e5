// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/prediction.h"

#include <algorithm>
#include <utility>

namespace app {

using namespace resilience;

void Prediction::clear() { *this = Prediction{}; }

bool Prediction::offer(const labs::Lab &lab, const labs::Beat &page, const std::map<std::string, GivenAnswer> &answered,
                       const sim::Timeline &timeline, const sim::Event &event)
{
    if (m_stage == Stage::Asked || m_stage == Stage::Locked)
        return false;
    // What lies ahead has been seen.
    if (timeline.frontier() > timeline.now())
        return false;
    for (const labs::Question &question : lab.questions) {
        const bool ours = std::find(page.questions.begin(), page.questions.end(), question.id) != page.questions.end();
        if (!ours || m_asked.count(question.id) || answered.count(question.id) || !question.isMoment(timeline, event))
            continue;
        const auto truth = question.answer(timeline);
        if (!truth)
            continue;
        m_asked.insert(question.id);
        m_question = &question;
        m_truth = *truth;
        m_draft.reset();
        m_askedAt = timeline.now();
        m_scenario = timeline.sharedScenario();
        m_seed = timeline.seed();
        m_journal = timeline.journal();
        m_judged = false;
        m_stage = Stage::Asked;
        m_stood = Duration::zero();
        m_folded = false;
        return true;
    }
    return false;
}

void Prediction::draft(std::optional<double> value)
{
    if (m_stage == Stage::Asked)
        m_draft = value;
}

void Prediction::answer(double value)
{
    if (m_stage != Stage::Asked)
        return;
    m_given = value;
    m_draft.reset();
    m_stood = Duration::zero();
    m_stage = Stage::Locked;
}

void Prediction::skip() { m_stage = Stage::None; }

bool Prediction::update(Time now)
{
    if (m_stage == Stage::Void && now < m_askedAt)
        withdraw();
    if (m_stage == Stage::Shown && now < m_truth.at)
        m_stage = Stage::Locked;
    if (m_stage != Stage::Locked || now < m_truth.at)
        return false;
    m_stage = Stage::Shown;
    m_stood = Duration::zero();
    return !std::exchange(m_judged, true);
}

// Whether the run is the one that was asked about, as far as what happens before that time goes.
bool Prediction::isAskedAbout(const sim::Timeline &timeline, Time before) const
{
    const auto until = [before](const sim::Journal &journal) {
        const auto &all = journal.entries();
        return std::partition_point(all.begin(), all.end(), [&](const auto &entry) { return entry.at < before; });
    };
    return timeline.sharedScenario() == m_scenario && timeline.seed() == m_seed
           && std::equal(m_journal.entries().begin(), until(m_journal), timeline.journal().entries().begin(),
                         until(timeline.journal()));
}

// It may be asked again when its moment comes round in the run as it is now.
void Prediction::withdraw()
{
    m_asked.erase(m_question->id);
    m_stage = Stage::None;
}

void Prediction::disturb(const sim::Timeline &timeline)
{
    if (m_stage == Stage::None)
        return;
    if (m_stage != Stage::Asked && isAskedAbout(timeline, m_truth.at)) {
        if (m_stage == Stage::Void)
            m_stage = Stage::Locked; // and as it stands now, update() tells
        return;
    }
    const bool ahead = timeline.now() < m_askedAt || !isAskedAbout(timeline, m_askedAt);
    if (m_stage == Stage::Asked || m_judged || ahead)
        return withdraw();
    if (std::exchange(m_stage, Stage::Void) != Stage::Void) {
        m_stood = Duration::zero();
        m_folded = false;
    }
}

bool Prediction::elapse(Duration wall)
{
    if (isNew())
        m_stood = saturatingAdd(m_stood, wall);
    if (!verdictStands())
        return false;
    m_stood = saturatingAdd(m_stood, wall);
    m_folded = m_stood >= kVerdict;
    return m_folded;
}

} // namespace app
