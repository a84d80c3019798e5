// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/prediction_card.h"

#include "app/panels/flow_layout.h"
#include "app/panels/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace app {

using Step = Prediction::Stage;

PredictionCard::PredictionCard(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_title(makeLabel("caption", this, tr("Predict"))),
      m_prompt(makeLabel("body", this)), m_choices(new QWidget(this)), m_flow(new FlowLayout(6, m_choices)),
      m_verdict(makeLabel("body", this)), m_close(new QPushButton(this))
{
    setObjectName(QStringLiteral("prediction"));
    m_verdict->setObjectName(QStringLiteral("prediction-verdict"));
    m_prompt->setObjectName(QStringLiteral("prediction-prompt"));
    m_close->setObjectName(QStringLiteral("prediction-close"));
    m_close->setFocusPolicy(Qt::TabFocus);
    setRole(m_close, "link");
    connect(m_close, &QPushButton::clicked, this, [this] { m_session.skipQuestion(); });

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeRule(this));
    column->addLayout(head);
    column->addWidget(m_prompt);
    column->addSpacing(2);
    column->addWidget(m_choices);
    column->addWidget(m_verdict);
    hide();
}

void PredictionCard::build()
{
    for (QPushButton *button : m_buttons)
        delete button;
    m_buttons.clear();
    const auto &question = m_session.lab().questions[m_question];
    m_prompt->setText(QString::fromStdString(question.prompt));
    for (size_t i = 0; i < question.choices.size(); ++i) {
        auto *button = new QPushButton(QString::fromStdString(question.choices[i]), m_choices);
        button->setObjectName(QStringLiteral("choice-%1").arg(i));
        button->setCheckable(true);
        button->setToolTip(tr("Key %1").arg(i + 1));
        button->setFocusPolicy(Qt::TabFocus);
        setRole(button, "choice");
        connect(button, &QPushButton::clicked, this, [this, i] { m_session.answer(i); });
        // Not the button's own shortcut: that one shows the press first, and the answer would come late.
        auto *key = new QShortcut(QKeySequence(QString::number(i + 1)), button);
        connect(key, &QShortcut::activated, this, [this, i] { m_session.answer(i); });
        m_flow->addWidget(button);
        m_buttons.push_back(button);
    }
}

QString PredictionCard::verdict() const
{
    const Prediction &prediction = m_session.prediction();
    const auto &choices = m_session.lab().questions[m_question].choices;
    const auto choice = [&](size_t i) { return QString::fromStdString(choices[i]); };
    switch (prediction.stage()) {
    case Step::Asked:
        return tr("The run waits for your answer.");
    case Step::Locked:
        return tr("Locked: %1. Now watch.").arg(choice(prediction.chosen()));
    case Step::Shown: {
        const QString because = QString::fromStdString(prediction.truth().because);
        return prediction.wasRight()
                   ? tr("You said %1, and so it was. %2").arg(choice(prediction.chosen()), because)
                   : tr("You said %1. The run says %2. %3")
                         .arg(choice(prediction.chosen()), choice(prediction.truth().choice), because);
    }
    case Step::Void:
        return tr("The run was changed since, so this prediction is off.");
    case Step::None:
        break;
    }
    return {};
}

void PredictionCard::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    const bool sameQuestion = m_question == prediction.question();
    if (m_stage == prediction.stage() && (sameQuestion || m_stage == Step::None))
        return;
    m_stage = prediction.stage();
    setVisible(m_stage != Step::None);
    if (m_stage == Step::None)
        return;
    if (!sameQuestion || m_stage == Step::Asked) {
        m_question = prediction.question();
        build();
    }
    const bool asked = m_stage == Step::Asked;
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setEnabled(asked);
        m_buttons[i]->setChecked(!asked && i == prediction.chosen());
    }
    m_close->setText(asked ? tr("skip") : tr("close"));
    m_close->setAccessibleName(asked ? tr("Skip the question") : tr("Close the prediction"));
    showText(m_verdict, verdict());
    setRole(m_verdict, m_stage == Step::Shown ? "strong" : "quiet");
}

} // namespace app
