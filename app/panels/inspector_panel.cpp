// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/inspector_panel.h"

#include "app/panels/labels.h"
#include "core/sim/explain/explain.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

InspectorPanel::InspectorPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_title(makeLabel("caption", this)), m_text(makeLabel("body", this)),
      m_close(new QToolButton(this))
{
    m_title->setObjectName(QStringLiteral("why-title"));
    m_text->setObjectName(QStringLiteral("why-text"));
    m_close->setText(QStringLiteral("×"));
    m_close->setAccessibleName(tr("Close the explanation"));
    m_close->setToolTip(m_close->accessibleName());
    m_close->setFocusPolicy(Qt::TabFocus);
    setRole(m_close, "flat");

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_text);
    connect(m_close, &QToolButton::clicked, this, [this] { m_session.inspect(0); });
}

void InspectorPanel::setFrame()
{
    if (m_shown == m_session.inspected())
        return;
    m_shown = m_session.inspected();
    const auto why = m_shown ? explain(m_session.timeline(), m_shown) : std::nullopt;
    m_close->setVisible(m_shown != 0);
    if (why) {
        showText(m_title, tr("Why? · %1").arg(QString::fromStdString(why->title)));
        showText(m_text, QString::fromStdString(why->text));
    } else {
        showText(m_title, tr("Why?"));
        showText(m_text, m_shown ? tr("The log no longer holds this moment.")
                                 : tr("Click a call that was turned away, an outcome, an arrow or a line of the log."));
    }
    setRole(m_text, why ? "body" : "quiet");
}

} // namespace app
