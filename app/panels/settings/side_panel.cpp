// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/side_panel.h"

#include "app/panels/controls/labels.h"
#include "app/panels/settings/break_panel.h"
#include "app/panels/settings/fault_panel.h"
#include "app/panels/settings/knob_panel.h"

#include <QEvent>
#include <QFrame>
#include <QScrollBar>
#include <QVBoxLayout>

namespace app {

SidePanel::SidePanel(Session &session, QWidget *parent) : QScrollArea(parent)
{
    setRole(this, "plain");
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    setRole(content, "clear");
    setRole(viewport(), "clear");
    m_column = new QVBoxLayout(content);
    setWidget(content);
    verticalScrollBar()->installEventFilter(this);
    keepCardWidth();
    m_knobs = new KnobPanel(session, content);
    m_faults = new FaultPanel(session, content);
    addCard(m_knobs);
    m_break = new BreakPanel(session, content);
    connect(m_break, &BreakPanel::refused, m_knobs, &KnobPanel::showRefusal);
    addCard(m_faults);
    m_breakCard = addCard(m_break);
    m_column->addStretch(1);
}

QFrame *SidePanel::addCard(QWidget *content)
{
    auto *card = new QFrame(widget());
    setRole(card, "card");
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(13, 11, 13, 7);
    inside->addWidget(content);
    inside->addStretch(1);
    m_column->addWidget(card);
    return card;
}

void SidePanel::keepCardWidth()
{
    m_column->setContentsMargins(0, 0, verticalScrollBar()->isHidden() ? kBarRoom : 0, 0);
}

bool SidePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == verticalScrollBar() && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        keepCardWidth();
    return QScrollArea::eventFilter(watched, event);
}

void SidePanel::setGap(int gap) { m_column->setSpacing(gap == 16 ? 12 : gap); }

void SidePanel::setFrame()
{
    m_knobs->setFrame();
    m_faults->setFrame();
    m_break->setFrame();
    m_breakCard->setVisible(m_break->applies());
}

void SidePanel::setTheme(const widgets::Theme &theme)
{
    m_knobs->setTheme(theme);
    m_faults->setTheme(theme);
    m_break->setTheme(theme);
}

void SidePanel::chooseFaultTarget(uint32_t component) { m_faults->choose(component); }

void SidePanel::showRefusal(const QString &why) { m_knobs->showRefusal(why); }

} // namespace app
