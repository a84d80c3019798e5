// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/prediction_row.h"

#include "app/panels/controls/labels.h"
#include "app/panels/controls/tabular_label.h"
#include "app/run/answer_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

using namespace resilience;

PredictionRow::PredictionRow(Session &session, const labs::Question &question, QWidget *parent)
    : QFrame(parent), m_session(session), m_question(question), m_sign(makeLabel("strong", this)),
      m_prompt(new TabularLabel(widgets::TextSize::Body, QFont::Normal, false, this)),
      m_given(makeLabel("quiet", this)), m_fold(new QPushButton(this)), m_folded(new QWidget(this)),
      m_verdict(makeLabel("quiet", m_folded))
{
    const QString id = QString::fromStdString(question.id);
    setObjectName(QStringLiteral("prediction-") + id);
    m_given->setObjectName(QStringLiteral("given-") + id);
    m_verdict->setObjectName(QStringLiteral("verdict-") + id);
    m_fold->setObjectName(QStringLiteral("fold-") + id);
    m_fold->setCheckable(true);
    setRole(m_fold, "link");
    auto *again = new QPushButton(tr("ask me again"), m_folded);
    again->setObjectName(QStringLiteral("again-") + id);
    setRole(again, "link");
    connect(again, &QPushButton::clicked, this, [this] { m_session.askAgain(m_question.id); });
    connect(m_fold, &QPushButton::toggled, this, [this] { setFrame(); });

    auto *inner = new QVBoxLayout(m_folded);
    inner->setContentsMargins(26, 0, 0, 4);
    inner->addWidget(m_verdict);
    inner->addWidget(again, 0, Qt::AlignLeft);
    m_sign->setFixedWidth(m_sign->fontMetrics().horizontalAdvance(QStringLiteral("MM")));
    m_sign->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_prompt->setText(QString::fromStdString(question.prompt));
    words->addWidget(m_prompt);
    auto *below = new QHBoxLayout;
    below->addWidget(m_given, 1);
    below->addWidget(m_fold);
    words->addLayout(below);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 2);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_folded);
    hide();
}

void PredictionRow::setTheme(const widgets::Theme &theme) { m_prompt->setTheme(theme); }

bool PredictionRow::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    const bool on = prediction.stage() != Prediction::Stage::None && prediction.question() == &m_question;
    const bool asked = on && prediction.stage() == Prediction::Stage::Asked;
    const auto answer = m_session.answers().find(m_question.id);
    const bool answered = answer != m_session.answers().end();
    const bool locked = on && !answered && prediction.stage() == Prediction::Stage::Locked;
    if (asked || locked) {
        m_sign->setText(QStringLiteral("?"));
        m_given->setText(asked ? tr("waits for you") : tr("you: %1").arg(answerText(m_question, prediction.given())));
    } else if (answered) {
        m_sign->setText(answer->second.right ? QStringLiteral("✓") : QStringLiteral("≠"));
        m_given->setText(tr("you: %1").arg(QString::fromStdString(answer->second.given)));
        m_verdict->setText(QString::fromStdString(answer->second.verdict));
    }
    setRole(m_sign, asked ? "asked" : answered && answer->second.right ? "right" : "strong");
    m_fold->setText(m_fold->isChecked() ? tr("▾ why") : tr("▸ why"));
    m_fold->setVisible(answered);
    m_folded->setVisible(answered && m_fold->isChecked());
    const bool there = asked || locked || answered;
    if (there == isHidden())
        setVisible(there);
    return there;
}

} // namespace app
