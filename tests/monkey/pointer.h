// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QWidget>
#include <Qt>

namespace tests {

// A mouse and a keyboard: what they do comes to the program as from the window system, and is answered by its event
// loop. So a press may open a menu that has a loop of its own, and the next thing done is done inside of that.
class Pointer {
public:
    // `at`: in the widget.
    void move(QWidget *widget, QPoint at);
    void press(QWidget *widget, QPoint at, Qt::MouseButton button);
    void release(QWidget *widget, QPoint at, Qt::MouseButton button);
    // Whatever is still held down, anywhere in the widget.
    void letGo(QWidget *widget);
    void click(QWidget *widget, QPoint at, Qt::MouseButton button = Qt::LeftButton);
    void doubleClick(QWidget *widget, QPoint at);
    void wheel(QWidget *widget, QPoint at, int steps, Qt::KeyboardModifiers modifiers);
    // To whoever has the focus, or to `other` where nobody has.
    void key(QWidget *other, Qt::Key key, Qt::KeyboardModifiers modifiers);

private:
    void pressAndRelease(QWidget *widget, QPoint at, Qt::MouseButton button);
    void send(QWidget *widget, QPoint at, int type, Qt::MouseButton button);

    Qt::MouseButtons m_down = Qt::NoButton;
    // ms; far enough apart to be no double click unless meant. It never goes back, whoever has the mouse.
    static int s_time;
};

} // namespace tests
