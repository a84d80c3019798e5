// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "widgets/theme.h"

#include <QFrame>

#include <vector>

class QMenu;
class QToolButton;

namespace app {

// The name of the product, the steps, and the three things beside them: export, present, everything else.
class TopBar : public QFrame {
    Q_OBJECT

public:
    // The buttons trigger these actions; the menu opens under the last one.
    struct Actions {
        QAction *exportAll;
        QAction *present;
        QMenu *menu;
    };
    TopBar(Session &session, const Actions &actions, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    void openMenu();

private:
    void addSteps(class QHBoxLayout *row);

    Session &m_session;
    std::vector<QToolButton *> m_steps;
    QToolButton *m_menu;
};

} // namespace app
