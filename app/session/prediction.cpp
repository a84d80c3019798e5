// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/prediction.h"

namespace app {

using namespace resilience;

void Prediction::clear() { *this = Prediction{}; }

bool Prediction::offer(const labs::Lab &lab, const sim::Timeline &timeline, const sim::Event &event)
{
    if (m_stage == Stage::Asked || m_stage == Stage::Locked)
        return false;
    m_asked.resize(lab.questions.size(), false);
    for (size_t i = 0; i < lab.questions.size(); ++i) {
        if (m_asked[i] || !lab.questions[i].isMoment(timeline, event))
            continue;
        const auto truth = lab.questions[i].answer(timeline);
        if (!truth)
            continue;
        m_asked[i] = true;
        m_question = i;
        m_truth = *truth;
        m_stage = Stage::Asked;
        return true;
    }
    return false;
}

void Prediction::answer(size_t choice)
{
    if (m_stage != Stage::Asked)
        return;
    m_chosen = choice;
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
        m_asked[m_question] = false;
        m_stage = Stage::None;
    }
}

} // namespace app
