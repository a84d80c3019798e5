// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/scroll_card.h"
#include "app/session/session.h"
#include "widgets/theme.h"

#include <vector>

class QLabel;
class QPushButton;

namespace app {

class ElidedComboBox;
class GoalRow;
class GuidePart;
class PredictionCard;

// The guide: one beat at a time in its fixed shape, the goals of the lab with their ticks, the question when one is
// asked, and which scenario is open. It shows what the session says and decides nothing.
class GuidePanel : public ScrollCard {
    Q_OBJECT

public:
    explicit GuidePanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    QWidget *lastStop() const; // of the Tab key

private:
    void buildPage();
    void buildHead();
    void buildFoot();
    void buildGoals();
    void buildScenarios();
    void showBeat();
    void showEnd(const resilience::labs::Beat &beat, bool over);
    void showScenario();

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one goals and scenarios are built for
    size_t m_beat = SIZE_MAX;
    size_t m_goalsMet = SIZE_MAX;

    GuidePart *m_seen;
    QLabel *m_title;
    GuidePart *m_objective;
    QLabel *m_text;
    GuidePart *m_watch;
    GuidePart *m_action;
    GuidePart *m_expected;
    QWidget *m_goals;
    std::vector<GoalRow *> m_rows;
    GuidePart *m_question;
    GuidePart *m_takeaway;
    GuidePart *m_notSolved;
    GuidePart *m_simplified;

    PredictionCard *m_prediction;
    ElidedComboBox *m_scenarios;
    QWidget *m_turning;
    QPushButton *m_back;
    QLabel *m_page;
    QPushButton *m_next;
};

} // namespace app
