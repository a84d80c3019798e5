// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace app {

// What wheel, clicks and keys may do to the controls of the program, whichever they are, while it lives:
//  - The wheel turns a number or a slider only when that has the keyboard, and a list never; else it scrolls.
//  - A click on a button or a list leaves the keyboard with home(), so that Space goes on playing; a slider and a
//    number that are clicked take it.
//  - Space, arrows and the like drive the run wherever the keyboard is, except on a control that needs that very key: a
//    button reached with Tab is pressed by Space, a slider moved by arrows. (Qt's controls do not claim these keys
//    against the window's shortcuts by themselves.) With Ctrl, Space plays and pauses even there.
//  - Return on home() acts on what somebody has moved to or clicked there. At first, and after a question, it does
//    nothing until somebody has: a digit answers, and the Return that many add to it is not to break what happened to
//    be marked.
//  - Undo and redo are those of the run, but in a number that has just been typed.
class ControlGuard : public QObject {
    Q_OBJECT

public:
    explicit ControlGuard(QObject *parent = nullptr);

    // Gets the keyboard after a click on what does not take it.
    void setHome(QWidget *home);
    // Something on home() has been clicked or moved, so it is what Return is meant for.
    void noteChosen() { m_returnHeld = false; }
    // Whether a question waits for its answer.
    void setAsked(bool asked);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool keepFromWheel(const QObject *watched, QEvent *event) const;
    bool leaveToShortcuts(QObject *watched, QEvent *event) const;
    void bringHome(const QObject *clicked) const;

    bool keepReturn(const QEvent &event);

    QPointer<QWidget> m_home;
    bool m_asked = false;
    bool m_returnHeld = true; // nobody has moved on home() yet, or since a question
};

} // namespace app
