// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/prediction.h"

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;

namespace {
// Where the flag stands, or what the number is, before anybody has moved it: at no likely answer.
double firstDraft(const labs::Question &question, const sim::Timeline &timeline)
{
    if (question.by != labs::Question::By::Time)
        return 0;
    const double now = toSeconds(timeline.now() - kTimeZero);
    const double end = toSeconds(timeline.scenario().until);
    return std::ceil((now + std::max(1.0, (end - now) / 2)) * 2) / 2;
}
} // namespace

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
        m_given = firstDraft(question, timeline);
        m_askedAt = timeline.now();
        m_stage = Stage::Asked;
        m_stood = Duration::zero();
        m_folded = false;
        return true;
    }
    return false;
}

void Prediction::draft(double value)
{
    if (m_stage == Stage::Asked)
        m_given = value;
}

void Prediction::answer(double value)
{
    if (m_stage != Stage::Asked)
        return;
    m_given = value;
    m_stood = Duration::zero();
    m_stage = Stage::Locked;
}

void Prediction::skip() { m_stage = Stage::None; }

bool Prediction::update(Time now)
{
    if (m_stage != Stage::Locked || now < m_truth.at)
        return false;
    m_stage = Stage::Shown;
    return true;
}

void Prediction::disturb()
{
    if (m_stage == Stage::Locked)
        m_stage = Stage::Void;
    else if (m_stage == Stage::Asked) {
        // Still open: it may be asked again when its moment comes round in the run as it is now.
        m_asked.erase(m_question->id);
        m_stage = Stage::None;
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
