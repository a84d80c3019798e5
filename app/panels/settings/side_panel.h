// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QScrollArea>
#include <QString>

class QFrame;
class QVBoxLayout;

namespace app {

class BreakPanel;
class FaultPanel;
class KnobPanel;

// The right column: knobs, faults, and what can be broken on purpose, one below the other. It scrolls where they do not
// fit.
class SidePanel : public QScrollArea {
    Q_OBJECT

public:
    explicit SidePanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    void setGap(int gap);
    // Why something done elsewhere was refused, where the knobs say it too; empty when it was not.
    void showRefusal(const QString &why);
    void chooseFaultTarget(uint32_t component); // its faults are what is shown
    // Room to the right of the cards, where the scroll bar comes and goes; part of the panel's width.
    static constexpr int kBarRoom = 8;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QFrame *addCard(QWidget *content);
    void keepCardWidth();

    QVBoxLayout *m_column;
    KnobPanel *m_knobs;
    FaultPanel *m_faults;
    BreakPanel *m_break;
    QFrame *m_breakCard;
};

} // namespace app
