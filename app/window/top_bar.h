// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "widgets/theme.h"

#include <QFrame>

#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace app {

// The name of the product, the steps, and the three things beside them: export, present, everything else. Where there
// is room, every step has its name; else the numbers, and the name of the one that is open.
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
    void openStep(size_t index); // 0, 1, ...; nothing when there is no such step

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addSteps(class QHBoxLayout *row);
    void nameSteps();

    Session &m_session;
    widgets::Theme m_theme;
    QLabel *m_product;
    std::vector<QToolButton *> m_steps;
    QToolButton *m_menu;
};

} // namespace app
