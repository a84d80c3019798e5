// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace app {

// "Ask yourself": a question, and its answer for who asks to see it.
class GuideRiddle : public QFrame {
    Q_OBJECT

public:
    explicit GuideRiddle(QWidget *parent = nullptr);

    // Folds the answer away again; without a question it takes no room.
    void setTexts(const QString &question, const QString &answer);

private:
    void unfold(bool open);

    QLabel *m_question;
    QLabel *m_answer;
    QPushButton *m_fold;
};

} // namespace app
