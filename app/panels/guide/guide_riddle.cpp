// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/guide_riddle.h"

#include "app/panels/controls/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

GuideRiddle::GuideRiddle(QWidget *parent)
    : QFrame(parent), m_question(makeLabel("body", this)), m_answer(makeLabel("body", this)),
      m_fold(new QPushButton(this))
{
    setObjectName(QStringLiteral("riddle"));
    setRole(this, "riddle");
    m_answer->setObjectName(QStringLiteral("riddle-answer"));
    m_fold->setObjectName(QStringLiteral("riddle-fold"));
    m_fold->setCheckable(true);
    setRole(m_fold, "link");
    connect(m_fold, &QPushButton::toggled, this, &GuideRiddle::unfold);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 10, 8);
    column->setSpacing(4);
    column->addWidget(makeLabel("caption", this, tr("Ask yourself")));
    column->addWidget(m_question);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_answer);
    hide();
}

void GuideRiddle::setTexts(const QString &question, const QString &answer)
{
    if (m_question->text() != question || m_answer->text() != answer) {
        m_question->setText(question);
        m_answer->setText(answer);
        m_fold->setChecked(false);
        unfold(false);
    }
    if (isHidden() != question.isEmpty())
        setVisible(!question.isEmpty());
}

void GuideRiddle::unfold(bool open)
{
    m_fold->setText(open ? tr("▾ hide the answer") : tr("▸ show an answer"));
    m_fold->setVisible(!m_answer->text().isEmpty());
    m_answer->setVisible(open && !m_answer->text().isEmpty());
}

} // namespace app
