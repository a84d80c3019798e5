// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPushButton;

namespace app {

class AnswerField;
class CountingRow;
class FlowLayout;

// The question that waits, and what to answer it with: choices (also by the keys 1 to 9), discs to count, or a flag on
// the time axis; for the keyboard always a field for the number, and Enter. Nothing is answered before something has
// been typed or placed.
class QuestionCard : public QFrame {
    Q_OBJECT

public:
    explicit QuestionCard(Session &session, QWidget *parent = nullptr);

    // What else is on the screen: the hint speaks of nothing that is not. Without the knobs it tells what they are at.
    struct Around {
        bool knobs = true;
        bool timeAxis = true;
        bool operator==(const Around &) const = default;
    };
    void setAround(Around around) { m_around = around; }
    // Precondition: a question is asked.
    void setFrame();
    void setTheme(const widgets::Theme &theme);
    // Gives the keyboard to what takes the answer, where it is typed.
    void takeKeyboard();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QString hint() const;
    QString knobsLine() const;
    void addChoices(const resilience::labs::Question &question);
    void setUpNumber(const resilience::labs::Question &question);
    void answerNumber();

    Session &m_session;
    const resilience::labs::Question *m_question = nullptr;
    QLabel *m_prompt;
    QLabel *m_hint;
    QWidget *m_choices;
    FlowLayout *m_flow;
    std::vector<QPushButton *> m_buttons;
    QWidget *m_typing;
    CountingRow *m_count;
    AnswerField *m_number;
    QPushButton *m_done;
    QPushButton *m_skip;
    Around m_around;
};

} // namespace app
