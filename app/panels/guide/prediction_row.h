// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace app {

class TabularLabel;

// One prediction of the page: the question, what was answered, and on demand the verdict.
class PredictionRow : public QFrame {
    Q_OBJECT

public:
    PredictionRow(Session &session, const resilience::labs::Question &question, QWidget *parent);

    // Whether there is something to tell: it is asked, or was answered. Else it is not there.
    bool setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    Session &m_session;
    const resilience::labs::Question &m_question;
    QLabel *m_sign;
    TabularLabel *m_prompt; // in one line
    QLabel *m_given;
    QPushButton *m_fold;
    QWidget *m_folded;
    QLabel *m_verdict;
};

} // namespace app
