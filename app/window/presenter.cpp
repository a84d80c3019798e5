// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/presenter.h"

#include <QEvent>
#include <QPalette>
#include <QWidget>

#include <utility>

namespace app {

using namespace resilience;

Presenter::Presenter(Session &session, Appearance &appearance, QWidget *window)
    : QObject(window), m_session(session), m_appearance(appearance), m_window(window), m_black(new QWidget(window)),
      m_run(session.run())
{
    m_black->setObjectName(QStringLiteral("black"));
    m_black->setAutoFillBackground(true);
    m_black->setStyleSheet(QStringLiteral("background: black;"));
    m_black->hide();
    window->installEventFilter(this);
    m_black->installEventFilter(this);
    connect(&m_session, &Session::changed, this, [this] {
        noteBegin();
        halt();
    });
}

void Presenter::setParts(Parts parts)
{
    m_parts = std::move(parts);
    m_parts.strip->setVisible(m_active);
}

void Presenter::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    m_playsToGoal = false;
    m_black->hide();
    showParts();
    if (active)
        m_before = m_window->windowState();
    m_window->setWindowState(active ? m_before | Qt::WindowFullScreen : m_before);
    m_appearance.setPresenting(active ? m_window->height() : 0);
    emit changed();
}

void Presenter::showParts()
{
    for (QWidget *part : m_parts.hidden)
        part->setVisible(!m_active);
    m_parts.chart->setVisible(!m_active || m_chart);
    m_parts.strip->setVisible(m_active);
}

void Presenter::toggleChart()
{
    m_chart = !m_chart;
    showParts();
    emit changed();
}

bool Presenter::isBlack() const { return !m_black->isHidden(); }

void Presenter::toggleBlack()
{
    const bool black = !isBlack();
    if (black) {
        m_session.setPlaying(false);
        m_black->setGeometry(m_window->rect());
        m_black->raise();
    }
    m_black->setVisible(black);
}

// Nothing has been played of what is open.
bool Presenter::isFresh() const { return m_session.timeline().frontier() == kTimeZero; }

void Presenter::forward()
{
    if (isBlack())
        return toggleBlack();
    if (m_session.prediction().stage() == Prediction::Stage::Asked) {
        m_session.skipQuestion();
        return;
    }
    const bool going = m_session.needsTicks();
    if (!isFresh() || going) {
        const uint64_t run = m_session.run();
        m_session.nextBeat();
        // Once more the page that somebody has come back from: from where it began.
        const auto begin = m_begins.find(m_session.guide().beat());
        if (run == m_session.run() && begin != m_begins.end() && begin->second > m_session.now())
            m_session.seek(begin->second);
    }
    m_playsToGoal = !m_session.guide().isOver(m_session.lab(), m_session.goals());
    m_session.setPlaying(true);
}

void Presenter::back()
{
    if (isBlack())
        return toggleBlack();
    m_playsToGoal = false;
    m_session.setPlaying(false);
    const size_t page = m_session.guide().beat();
    const uint64_t run = m_session.run();
    if (page == 0)
        return;
    const Time then = m_begins.try_emplace(page - 1, kTimeZero).first->second;
    m_session.previousBeat();
    if (run == m_session.run())
        m_session.seek(then);
}

// Where in the run each page was turned to.
void Presenter::noteBegin()
{
    if (m_run != m_session.run()) {
        m_run = m_session.run();
        m_begins.clear();
    }
    m_begins.try_emplace(m_session.guide().beat(), m_session.now());
}

// What the page is about has come: time to talk.
void Presenter::halt()
{
    if (!m_active || !m_playsToGoal || !m_session.guide().isOver(m_session.lab(), m_session.goals()))
        return;
    m_playsToGoal = false;
    m_session.setPlaying(false);
}

bool Presenter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_black && event->type() == QEvent::MouseButtonPress) {
        toggleBlack();
        return true;
    }
    if (watched == m_window && event->type() == QEvent::Resize) {
        m_black->setGeometry(m_window->rect());
        if (m_active)
            m_appearance.setPresenting(m_window->height());
    }
    return QObject::eventFilter(watched, event);
}

} // namespace app
