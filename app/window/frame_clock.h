// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace app {

// The beat of the screen: about sixty ticks a second while something moves, none at all otherwise. Each tick carries
// the screen time since the one before.
class FrameClock : public QObject {
    Q_OBJECT

public:
    // Screen time since any fixed moment.
    using Now = std::function<resilience::Duration()>;

    // Without `now`: the machine's steady clock.
    explicit FrameClock(Now now = {}, QObject *parent = nullptr);

    void setRunning(bool running);
    bool isRunning() const { return m_timer.isActive(); }
    // What the timer does; public for who drives the clock by hand.
    void fire();

signals:
    void ticked(resilience::Duration wall);

private:
    Now m_now;
    QTimer m_timer;
    resilience::Duration m_last{};
};

} // namespace app
