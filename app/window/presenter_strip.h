// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>

namespace app {

class TabularLabel;

// What is left of the window below the stage in presenter mode: step and page, the time, whether it plays, and the
// count. Two lines, whatever comes and goes.
class PresenterStrip : public QFrame {
    Q_OBJECT

public:
    explicit PresenterStrip(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    Session &m_session;
    TabularLabel *m_title;
    TabularLabel *m_time;
    TabularLabel *m_counters;
};

} // namespace app
