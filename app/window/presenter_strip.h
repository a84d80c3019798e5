// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "widgets/theme.h"

#include <QFrame>

class QLabel;

namespace app {

class PredictionCard;
class TabularLabel;

// What is left of the window below the stage in presenter mode: what to watch for, the time, whether it plays, the
// count, and the question while one is asked.
class PresenterStrip : public QFrame {
    Q_OBJECT

public:
    explicit PresenterStrip(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    Session &m_session;
    PredictionCard *m_prediction;
    QLabel *m_watch;
    TabularLabel *m_time;
    TabularLabel *m_counters;
};

} // namespace app
