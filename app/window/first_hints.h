// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/controls/clear_place.h"
#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace app {

// The first start: four hints, one after the other, each beside what it speaks of: play, break something, ask why, go
// back. It covers neither that nor the buttons that lead on, and of all else as little as can be. A hint goes when that
// has been done or passed over. Once through, or sent away, they never come again.
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
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(size_t hint);
    void place();
    QRect bestPlace() const;
    QRect placeBesideTarget(QSize size, const std::vector<KeptInSight> &kept) const;
    std::vector<KeptInSight> keptInSight() const;
    QRect areaOf(const QWidget &widget) const; // in the window
    QPolygonF pointer(const QRectF &card) const;

    Session &m_session;
    QWidget *m_window;
    widgets::Theme m_theme;
    size_t m_hint = 0;
    bool m_suspended = false;
    QRect m_target; // in the window
    std::vector<QRect> m_placedFor; // where what it must not cover was then
    bool m_justPressed = false; // Next, so that a second press in the same place is meant for it too
    QTimer m_settled; // once the parts of the window have their places
    QLabel *m_count;
    QLabel *m_text;
    QPushButton *m_next;
};

} // namespace app
