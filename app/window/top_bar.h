// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QFrame>

#include <vector>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace app {

class StepButton;

// The name of the product, the steps with their goals, and the three things beside them: export, present, everything
// else. Where there is room, every step has its name; else the numbers, and the name of the one that is open.
class TopBar : public QFrame {
    Q_OBJECT

public:
    // The buttons trigger these actions; the menu opens under the last one.
    struct Actions {
        QAction *compare;
        QAction *many;
        QAction *exportAll;
        QAction *present;
        QMenu *menu;
    };
    TopBar(Session &session, const Actions &actions, QWidget *parent = nullptr);

    void setFrame(bool manyRuns);
    void setTheme(const widgets::Theme &theme);
    void openMenu();
    void openStep(size_t index); // 0, 1, ...; nothing when there is no such step

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    // How much of the names is shown; the more room, the more. The button of many runs, which the menu has too, gives
    // way before the names do.
    enum class Names : uint8_t { All, AllShort, ShortWithoutProduct, ShortWithoutMany, OpenOne, None };
    void addSteps(class QHBoxLayout *row);
    void nameSteps();
    QString nameOf(size_t step, Names names) const;
    int widthWith(Names names) const;

    Session &m_session;
    widgets::Theme m_theme;
    QLabel *m_product;
    std::vector<StepButton *> m_steps;
    std::vector<QToolButton *> m_right; // compare, many runs, export, present, menu
    QToolButton *m_compare;
    QToolButton *m_many;
    QToolButton *m_menu;
    uint64_t m_progress = 0; // Session::progressVersion() that the goals are shown of
};

} // namespace app
