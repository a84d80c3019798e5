// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/compare/run_sign.h"
#include "app/panels/controls/scroll_card.h"
#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <array>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;

namespace app {

class ChangeList;
class FigureTable;

// The whole comparison in one column: both runs, what was changed, where they part, and their figures.
class ComparePanel : public ScrollCard {
    Q_OBJECT

public:
    explicit ComparePanel(Session &session, QWidget *parent);

    void setFrame();
    void setTheme(const widgets::Theme &theme);

signals:
    void fileWanted(); // a saved run is to be the other
    void exportWanted();

private:
    struct RunRow {
        RunSign *sign;
        QLineEdit *name;
    };
    RunRow makeRow(RunSide side);
    void buildRuns();
    void buildDifference();
    void buildTable();
    void fillMenu();
    void buildBet();
    void showDifference();
    void showBet();

    Session &m_session;
    RunRow m_ours;
    RunRow m_other;
    QPushButton *m_with;
    QMenu *m_menu;
    ChangeList *m_changes;
    QLabel *m_where;
    RunSign *m_oursSign;
    QLabel *m_oursDoes;
    RunSign *m_otherSign;
    QLabel *m_otherDoes;
    QPushButton *m_jump;
    QLabel *m_betText;
    std::array<QPushButton *, 3> m_bets{}; // by Bet::On
    QLabel *m_soFar;
    FigureTable *m_table;
    std::optional<resilience::sim::FirstDifference> m_shown;
    bool m_everShown = false;
};

} // namespace app
