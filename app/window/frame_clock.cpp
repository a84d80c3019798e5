// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame_clock.h"

#include <chrono>

namespace app {

using resilience::Duration;

FrameClock::FrameClock(Now now, QObject *parent) : QObject(parent), m_now(std::move(now))
{
    if (!m_now)
        m_now = [] {
            return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
        };
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(16);
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::fire);
}

void FrameClock::setRunning(bool running)
{
    if (running == m_timer.isActive())
        return;
    if (running) {
        m_last = m_now();
        m_timer.start();
    } else {
        m_timer.stop();
    }
}

void FrameClock::fire()
{
    const Duration now = m_now();
    const Duration wall = now - m_last;
    m_last = now;
    if (wall > Duration::zero())
        emit ticked(wall);
}

} // namespace app
