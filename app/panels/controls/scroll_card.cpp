// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/scroll_card.h"

#include "app/panels/controls/labels.h"

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

namespace {
constexpr int kPadding = 15; // and a border of 1
} // namespace

ScrollCard::ScrollCard(QWidget *parent) : QFrame(parent)
{
    setRole(this, "card");
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->setSpacing(0);

    m_head = new QVBoxLayout;
    m_head->setContentsMargins(kPadding, kPadding, kPadding, 0);
    outer->addLayout(m_head);
    m_scroll = new QScrollArea(this);
    setRole(m_scroll, "plain");
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_body = new QWidget(m_scroll);
    setRole(m_body, "clear");
    setRole(m_scroll->viewport(), "clear");
    m_bodyLayout = new QVBoxLayout(m_body);
    m_bodyLayout->setSpacing(6);
    m_scroll->setWidget(m_body);
    m_scroll->verticalScrollBar()->installEventFilter(this);
    keepTextWidth();
    outer->addWidget(m_scroll, 1);

    m_foot = new QVBoxLayout;
    m_foot->setContentsMargins(kPadding, 0, kPadding, 0);
    m_foot->setSpacing(8);
    outer->addLayout(m_foot);
}

// The scroll bar comes and goes within the padding, so that the text keeps its lines.
void ScrollCard::keepTextWidth()
{
    const QScrollBar *bar = m_scroll->verticalScrollBar();
    const int taken = bar->isHidden() ? 0 : std::min(bar->sizeHint().width(), kPadding);
    m_bodyLayout->setContentsMargins(kPadding, 8, kPadding - taken, 8);
}

bool ScrollCard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        keepTextWidth();
    return QFrame::eventFilter(watched, event);
}

void ScrollCard::scrollToTop() { m_scroll->verticalScrollBar()->setValue(0); }

} // namespace app
