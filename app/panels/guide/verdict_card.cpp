// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/verdict_card.h"

#include "app/panels/controls/labels.h"
#include "app/run/answer_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <variant>

namespace app {

namespace {

// Besides those that the scenario itself has planned.
bool hasFaultsOfOnesOwn(const resilience::sim::Timeline &run)
{
    const auto &planned = run.scenario().script.entries();
    const auto &all = run.journal().entries();
    return std::any_of(all.begin(), all.end(), [&planned](const resilience::sim::JournalEntry &entry) {
        return std::holds_alternative<resilience::sim::SetFault>(entry.what)
               && std::find(planned.begin(), planned.end(), entry) == planned.end();
    });
}

} // namespace

VerdictCard::VerdictCard(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_theme(widgets::Theme::light()), m_title(makeLabel("strong", this)),
      m_text(makeLabel("body", this))
{
    setObjectName(QStringLiteral("verdict"));
    m_text->setObjectName(QStringLiteral("prediction-verdict"));
    auto *close = new QPushButton(tr("close"), this);
    close->setObjectName(QStringLiteral("verdict-close"));
    setRole(close, "link");
    connect(close, &QPushButton::clicked, this, [this] { m_session.foldVerdict(); });
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 10, 14, 12);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_text);
    hide();
}

void VerdictCard::setFrame()
{
    const Prediction &prediction = m_session.prediction();
    const bool stands = prediction.verdictStands();
    if (stands) {
        const bool off = prediction.stage() == Prediction::Stage::Void;
        m_title->setText(off                     ? tr("No verdict")
                         : prediction.wasRight() ? tr("As you predicted")
                                                 : tr("Not as predicted"));
        m_text->setText(
            off ? tr("The run was changed since, so this prediction is off.")
                : verdictText(*prediction.question(), prediction.given(), prediction.truth())
                      + (hasFaultsOfOnesOwn(m_session.timeline())
                             ? tr(" (You have set faults of your own: the reason is that of the run as planned.)")
                             : QString()));
    }
    if (stands == isHidden())
        setVisible(stands);
}

void VerdictCard::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    update();
}

void VerdictCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.control.line, 1.5));
    painter.setBrush(m_theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.px(8), m_theme.px(8));
}

} // namespace app
