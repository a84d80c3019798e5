// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/controls/floating_card.h"
#include "app/run/session.h"
#include "core/tell/explain.h"
#include "widgets/stage/stage_target.h"

#include <optional>

class QFrame;

namespace app {

class StageView;
class WhyLines;

// "Why?": the rule that applied to what was clicked, with its numbers at that moment, in a card beside it: on the stage
// where there is room for all of it, and never over what it speaks of if it can help it.
class WhyCard : public FloatingCard {
    Q_OBJECT

public:
    WhyCard(Session &session, QWidget *window);

    // What on the stage was asked about; the next explanation stands beside it.
    void setAsked(const widgets::StageTarget &target) { m_asked = target; }
    void setFrame(const StageView &stage);
    void setTheme(const widgets::Theme &theme) override;

private:
    void explainAnew();
    void explainOther();
    void place(const StageView &stage);

    Session &m_session;
    widgets::StageTarget m_asked;
    uint64_t m_shown = 0; // the event explained; 0 = none
    std::optional<resilience::sim::Explanation> m_why;
    WhyLines *m_lines;
    QLabel *m_rule;
    QLabel *m_text;
    QFrame *m_otherRule;
    QLabel *m_otherTitle;
    QLabel *m_otherText;
    std::optional<size_t> m_beside; // which run was told of, too
};

} // namespace app
