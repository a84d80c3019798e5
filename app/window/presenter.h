// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "app/window/appearance.h"

#include <QObject>

#include <vector>

namespace app {

// Presenter mode: the stage alone, in large type, driven by keys and a remote. Clicks do nothing while it is on, so
// that a stray one in front of a hall cannot change the run.
class Presenter : public QObject {
    Q_OBJECT

public:
    Presenter(Session &session, Appearance &appearance, QWidget *window);

    // What is hidden while presenting, and what is only shown then.
    void setParts(std::vector<QWidget *> hidden, QWidget *strip);
    bool isActive() const { return m_active; }
    void setActive(bool active);
    // The two buttons of a remote: one decision on or back. On also leaves an open question behind.
    void forward();
    void back();

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Session &m_session;
    Appearance &m_appearance;
    QWidget *m_window;
    std::vector<QWidget *> m_hidden;
    QWidget *m_strip = nullptr;
    bool m_active = false;
    Qt::WindowStates m_before = Qt::WindowNoState;
};

} // namespace app
