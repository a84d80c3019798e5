// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/question_card.h"

#include "app/panels/controls/counting_row.h"
#include "app/panels/controls/flow_layout.h"
#include "app/panels/controls/labels.h"
#include "app/panels/guide/answer_field.h"
#include "app/panels/settings/knob_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <cmath>

namespace app {

using resilience::labs::Question;

QuestionCard::QuestionCard(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_prompt(makeLabel("ask", this)), m_hint(makeLabel("quiet", this)),
      m_choices(new QWidget(this)), m_flow(new FlowLayout(6, m_choices)), m_typing(new QWidget(this)),
      m_count(new CountingRow(m_typing)), m_number(new AnswerField(m_typing)),
      m_done(new QPushButton(tr("That is it"), m_typing)), m_skip(new QPushButton(tr("skip"), this))
{
    setObjectName(QStringLiteral("prediction"));
    setRole(this, "question");
    m_prompt->setObjectName(QStringLiteral("prediction-prompt"));
    m_number->setObjectName(QStringLiteral("prediction-number"));
    m_number->setAccessibleName(tr("Your prediction"));
    m_skip->setObjectName(QStringLiteral("prediction-close"));
    m_skip->setAccessibleName(tr("Skip the question"));
    setRole(m_skip, "link");
    m_hint->setObjectName(QStringLiteral("prediction-hint"));
    m_done->setObjectName(QStringLiteral("prediction-answer"));
    setRole(m_done, "go");
    setRole(m_number, "answer");
    connect(m_skip, &QPushButton::clicked, this, [this] { m_session.skipQuestion(); });
    connect(m_done, &QPushButton::clicked, this, &QuestionCard::answerNumber);
    connect(m_count, &CountingRow::counted, this, [this](int count) { m_session.draftAnswer(count); });
    connect(m_number, &AnswerField::edited, this, [this] { m_session.draftAnswer(m_number->value()); });
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *enter = new QShortcut(QKeySequence(key), m_typing);
        connect(enter, &QShortcut::activated, this, [this] {
            if (m_skip->hasFocus())
                m_session.skipQuestion();
            else if (m_session.prediction().takesKeys())
                answerNumber();
        });
    }
    m_number->installEventFilter(this);

    auto *row = new QHBoxLayout(m_typing);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_number);
    row->addWidget(m_done);
    row->addStretch(1);
    auto *last = new QHBoxLayout;
    last->addWidget(m_typing, 1);
    last->addWidget(m_choices, 1);
    last->addWidget(m_skip, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 12);
    column->setSpacing(6);
    column->addWidget(m_prompt);
    column->addWidget(m_hint);
    column->addSpacing(2);
    column->addWidget(m_count, 0, Qt::AlignLeft);
    column->addLayout(last);
}

void QuestionCard::build()
{
    for (QPushButton *button : m_buttons)
        delete button;
    m_buttons.clear();
    m_prompt->setText(QString::fromStdString(m_question->prompt));
    const bool choice = m_question->by == Question::By::Choice;
    m_choices->setVisible(choice);
    m_typing->setVisible(!choice);
    m_count->setVisible(m_question->by == Question::By::Number);
    if (choice)
        addChoices(*m_question);
    else
        setUpNumber(*m_question);
}

QString QuestionCard::hint() const
{
    QString hint = QString::fromStdString(m_question->hint);
    if (m_question->by == Question::By::Time)
        hint += QLatin1Char(' ')
                + (m_around.timeAxis ? tr("Click on the time axis, or type.")
                                     : tr("Type it; or press C for the time axis, and click there."));
    if (const QString knobs = m_around.knobs ? QString() : knobsLine(); !knobs.isEmpty())
        hint += QLatin1Char('\n') + knobs;
    return hint;
}

// "Failures in a row to open: 3 · Open duration: 5.0 s"
QString QuestionCard::knobsLine() const
{
    const auto &world = m_session.timeline().world();
    QStringList all;
    for (const std::string &id : m_session.lab().mainKnobs) {
        const auto &knob = resilience::sim::knobs()[*resilience::sim::knobNamed(id)];
        if (knob.matters(world))
            all += tr("%1: %2").arg(labelOf(knob), valueText(knob, knob.get(world)));
    }
    return all.join(QStringLiteral(" · "));
}

void QuestionCard::addChoices(const Question &question)
{
    for (size_t i = 0; i < question.choices.size(); ++i) {
        auto *button = new QPushButton(QString::fromStdString(question.choices[i].text), m_choices);
        button->setObjectName(QStringLiteral("choice-%1").arg(i));
        button->setToolTip(tr("Key %1").arg(i + 1));
        setRole(button, "choice");
        connect(button, &QPushButton::clicked, this, [this, i] { m_session.answer(double(i)); });
        // Not the button's own shortcut: that one shows the press first, and the answer would come late.
        auto *key = new QShortcut(QKeySequence(QString::number(i + 1)), button);
        connect(key, &QShortcut::activated, this, [this, i] {
            if (m_session.prediction().takesKeys())
                m_session.answer(double(i));
        });
        m_flow->addWidget(button);
        button->show();
        m_buttons.push_back(button);
    }
}

void QuestionCard::setUpNumber(const Question &question)
{
    using resilience::kTimeZero;
    if (question.by == Question::By::Time)
        m_number->setRange(resilience::toSeconds(m_session.prediction().askedAt() - kTimeZero),
                           resilience::toSeconds(m_session.horizon() - kTimeZero), 1, tr("s"));
    else
        m_number->setRange(0, question.most, 0, QString());
}

void QuestionCard::answerNumber()
{
    if (const auto draft = m_session.prediction().draft())
        m_session.answer(*draft);
}

void QuestionCard::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    if (m_question != prediction.question()) {
        m_question = prediction.question();
        build();
    }
    if (const QString text = hint(); text != m_hint->text())
        m_hint->setText(text);
    const auto &draft = prediction.draft();
    m_number->setValue(draft);
    m_done->setEnabled(draft.has_value());
    m_count->setCount(draft ? std::optional(int(std::lround(*draft))) : std::nullopt, int(m_question->most));
}

// What is typed before anybody can have read the question is not meant for it.
bool QuestionCard::eventFilter(QObject *watched, QEvent *event)
{
    const bool tooEarly = event->type() == QEvent::KeyPress && m_session.prediction().isNew()
                          && static_cast<QKeyEvent *>(event)->key() != Qt::Key_Tab;
    return tooEarly || QFrame::eventFilter(watched, event);
}

// Return presses the button that has the focus, as Space does.
void QuestionCard::keyPressEvent(QKeyEvent *event)
{
    auto *button = qobject_cast<QPushButton *>(focusWidget());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && button && !event->isAutoRepeat())
        button->click();
    else
        QFrame::keyPressEvent(event);
}

void QuestionCard::setTheme(const widgets::Theme &theme) { m_count->setTheme(theme); }

void QuestionCard::takeKeyboard()
{
    if (m_question->by == Question::By::Choice)
        return;
    m_number->setFocus(Qt::OtherFocusReason);
    m_number->selectAll();
}

} // namespace app
