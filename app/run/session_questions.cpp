// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked, both ways: "why?" and predictions.
#include "app/run/answer_text.h"
#include "app/run/session.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;

bool Session::asks(const Event &event)
{
    const auto &beats = m_lab->guide.beats;
    return m_asking && onGuide() && m_guide.beat() < beats.size()
           && m_prediction.offer(*m_lab, beats[m_guide.beat()], m_answers, m_timeline, event);
}

// A question that the run no longer comes to is withdrawn, and what had halted for it goes on.
void Session::disturbPrediction()
{
    const bool asked = m_prediction.stage() == Prediction::Stage::Asked;
    const bool open = asked || (m_prediction.stage() == Prediction::Stage::Locked && !m_prediction.wasJudged());
    m_prediction.disturb(m_timeline);
    if (!open || m_prediction.stage() != Prediction::Stage::None)
        return;
    if (asked && m_goOnAfterAnswer)
        setPlaying(true);
    m_notice = tr("You changed the run, so the question is withdrawn.");
}

// The run has come to the answer.
void Session::keepAnswer()
{
    const labs::Question &question = *m_prediction.question();
    m_answers[question.id] = {answerText(question, m_prediction.given()).toStdString(), m_prediction.wasRight(),
                              wholeVerdictText(question, m_prediction.given(), m_prediction.truth()).toStdString()};
    ++m_progressVersion;
}

void Session::inspect(uint64_t event)
{
    if (event != 0)
        pause();
    m_inspected = event;
    m_snapshot = {};
    emit changed();
}

void Session::draftAnswer(std::optional<double> value)
{
    m_prediction.draft(value);
    emit changed();
}

void Session::foldVerdict()
{
    m_prediction.fold();
    moved();
}

void Session::askAgain(const std::string &question)
{
    m_answers.erase(question);
    m_prediction.clear();
    ++m_progressVersion;
    moved();
}

void Session::answer(double value)
{
    if (m_prediction.stage() != Prediction::Stage::Asked)
        return;
    m_prediction.answer(value);
    if (m_goOnAfterAnswer)
        setPlaying(true);
    else
        moved();
}

void Session::skipQuestion()
{
    const bool wasAsked = m_prediction.stage() == Prediction::Stage::Asked;
    m_prediction.skip();
    if (wasAsked && m_goOnAfterAnswer)
        setPlaying(true);
    else
        moved();
}

void Session::setAsking(bool asking)
{
    m_asking = asking;
    if (!asking)
        m_prediction.skip();
    moved();
}

} // namespace app
