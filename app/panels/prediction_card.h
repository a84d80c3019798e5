// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPushButton;

namespace app {

class FlowLayout;

// "Predict": the question while it waits, the locked answer while the run plays, and the gap when the run has come to
// it. Invisible when nothing is asked. The keys 1 to 9 answer.
class PredictionCard : public QFrame {
    Q_OBJECT

public:
    explicit PredictionCard(Session &session, QWidget *parent = nullptr);

    void setFrame();

private:
    void build();
    QString verdict() const;

    Session &m_session;
    Prediction::Stage m_stage = Prediction::Stage::None;
    size_t m_question = SIZE_MAX;
    QLabel *m_title;
    QLabel *m_prompt;
    QWidget *m_choices;
    FlowLayout *m_flow;
    std::vector<QPushButton *> m_buttons;
    QLabel *m_verdict;
    QPushButton *m_close;
};

} // namespace app
