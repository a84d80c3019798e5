// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "widgets/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace app {

// The first start: four hints, one after the other, each beside what it speaks of: play, break something, ask why, go
// back. A hint goes when that has been done or passed over. Once through, or sent away, they never come again.
class FirstHints : public QFrame {
    Q_OBJECT

public:
    // `window`: in which the hints and what they point at lie.
    FirstHints(Session &session, QWidget *window);

    bool isDue() const { return m_hint < count(); }
    void setFrame();
    void setTheme(const widgets::Theme &theme);
    // Somewhere else something else is going on.
    void setSuspended(bool suspended);
    static size_t count();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void show(size_t hint);
    void place();

    Session &m_session;
    QWidget *m_window;
    widgets::Theme m_theme;
    size_t m_hint = 0;
    bool m_suspended = false;
    QRect m_target; // in the window
    QLabel *m_count;
    QLabel *m_text;
    QPushButton *m_next;
};

} // namespace app
