// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QMenu;
class QSlider;
class QToolButton;

namespace app {

class TabularLabel;

// Play, step, back, the time in large, the speed, the ways to cut a wait short and those to begin again, and, as far
// as there is room, the count of all requests; or what could not be done.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    void setCountersVisible(bool visible);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    template <typename Act> void addButton(QHBoxLayout *row, const char *name, const QString &help, Act act);
    void addButtons(QHBoxLayout *row);
    void addSpeed(QHBoxLayout *row);
    void addRunUntil(QHBoxLayout *row);
    void addStarts(QHBoxLayout *row);
    void showGlyphs();
    void showStarts();

    Session &m_session;
    widgets::Theme m_theme;
    std::vector<QToolButton *> m_buttons;
    TabularLabel *m_time;
    QToolButton *m_speedText;
    QSlider *m_speed;
    QToolButton *m_runUntil;
    QWidget *m_starts;
    TabularLabel *m_notice;
    TabularLabel *m_counters;
    bool m_playing = false;
    bool m_countersWanted = true;
};

} // namespace app
