// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/controls/scroll_card.h"
#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <vector>

class QLabel;
class QPushButton;

namespace app {

class ElidedComboBox;
class GoalRow;
class GuidePart;
class GuideRiddle;
class PredictionList;

// The guide: which scenario is open and what it shows, one page in its fixed shape with its own goals, and the way to
// the next one, which lights up when the goals are met. A scenario of which the guide does not speak has its
// description for a page. It shows what the session says and decides nothing.
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
    void showPage();
    void showBeat(const resilience::labs::Beat &beat, bool over);
    void showOffGuide();
    void showEnd(const resilience::labs::Beat &beat, bool over);
    void showGoals(const resilience::labs::Beat &beat);
    void showTurning(bool over);
    void showComparisons(const resilience::labs::Beat &beat);
    void showScenario();
    void coverAnswers();

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one goals and scenarios are built for
    size_t m_beat = SIZE_MAX;
    size_t m_goalsMet = SIZE_MAX;
    bool m_onGuide = true;

    QLabel *m_description;
    QLabel *m_title;
    GuidePart *m_objective;
    QLabel *m_text;
    GuidePart *m_watch;
    GuidePart *m_action;
    GuidePart *m_expected;
    QWidget *m_goals;
    QLabel *m_goalsTitle = nullptr;
    QLabel *m_goalsReached = nullptr;
    std::vector<GoalRow *> m_rows;
    GuideRiddle *m_riddle;
    QPushButton *m_return; // to the page, from a scenario that the guide does not speak of
    GuidePart *m_takeaway;
    GuidePart *m_before; // what to remember from the page before
    GuidePart *m_notSolved;
    GuidePart *m_simplified;

    PredictionList *m_predictions;
    QLabel *m_compared;
    QPushButton *m_compare; // opens the comparison that the page is the place for
    ElidedComboBox *m_scenarios;
    QWidget *m_turning;
    QPushButton *m_back;
    QLabel *m_page;
    QPushButton *m_next;
};

} // namespace app
