// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/presenter.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace app {

Presenter::Presenter(Session &session, Appearance &appearance, QWidget *window)
    : QObject(window), m_session(session), m_appearance(appearance), m_window(window)
{
}

void Presenter::setParts(std::vector<QWidget *> hidden, QWidget *strip)
{
    m_hidden = std::move(hidden);
    m_strip = strip;
    m_strip->setVisible(m_active);
}

void Presenter::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    for (QWidget *part : m_hidden)
        part->setVisible(!active);
    m_strip->setVisible(active);
    m_appearance.setPresenting(active);
    if (active) {
        m_before = m_window->windowState();
        qApp->installEventFilter(this);
        m_window->setWindowState(m_before | Qt::WindowFullScreen);
    } else {
        qApp->removeEventFilter(this);
        m_window->setWindowState(m_before);
    }
    emit changed();
}

void Presenter::forward()
{
    if (m_session.prediction().stage() == Prediction::Stage::Asked)
        m_session.skipQuestion();
    else
        m_session.stepDecision();
}

void Presenter::back() { m_session.stepDecisionBack(); }

bool Presenter::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::ContextMenu: {
        const auto *widget = qobject_cast<QWidget *>(watched);
        return widget && widget->window() == m_window;
    }
    default:
        return false;
    }
}

} // namespace app
