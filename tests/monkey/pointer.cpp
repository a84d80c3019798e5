// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/pointer.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPointer>
#include <QWheelEvent>
#include <QWindow>
#include <QtTest>

namespace tests {

namespace {
constexpr int kApart = 1000;

// What the key writes.
QString textOf(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    if (key < Qt::Key_Space || key > Qt::Key_AsciiTilde || (modifiers & ~Qt::ShiftModifier))
        return {};
    const QString text{QChar(key)};
    return modifiers & Qt::ShiftModifier ? text : text.toLower();
}
} // namespace

int Pointer::s_time = 0;

void Pointer::send(QWidget *widget, QPoint at, int type, Qt::MouseButton button)
{
    QWidget *top = widget->window();
    QWindow *window = top->windowHandle();
    if (!window || !top->isVisible())
        return;
    const QPoint local = widget->mapTo(top, at);
    qt_handleMouseEvent(window, local, window->mapToGlobal(local), m_down, button, QEvent::Type(type), {}, s_time);
}

void Pointer::move(QWidget *widget, QPoint at)
{
    s_time += 10;
    send(widget, at, QEvent::MouseMove, Qt::NoButton);
}

void Pointer::press(QWidget *widget, QPoint at, Qt::MouseButton button)
{
    s_time += kApart;
    m_down |= button;
    send(widget, at, QEvent::MouseButtonPress, button);
}

void Pointer::release(QWidget *widget, QPoint at, Qt::MouseButton button)
{
    s_time += 10;
    m_down &= ~Qt::MouseButtons(button);
    send(widget, at, QEvent::MouseButtonRelease, button);
}

void Pointer::letGo(QWidget *widget)
{
    for (const auto button : {Qt::LeftButton, Qt::MiddleButton, Qt::RightButton})
        if (m_down & button)
            release(widget, {}, button);
}

// A press may take the widget away: then the button comes up over the window that it was in.
void Pointer::pressAndRelease(QWidget *widget, QPoint at, Qt::MouseButton button)
{
    const QPointer<QWidget> pressed(widget);
    const QPointer<QWidget> top(widget->window());
    const QPoint inTop = widget->mapTo(top, at);
    press(widget, at, button);
    if (pressed)
        release(pressed, at, button);
    else if (top)
        release(top, inTop, button);
    else
        m_down &= ~Qt::MouseButtons(button);
}

void Pointer::click(QWidget *widget, QPoint at, Qt::MouseButton button)
{
    const QPointer<QWidget> there(widget);
    move(widget, at);
    if (there)
        pressAndRelease(there, at, button);
}

void Pointer::doubleClick(QWidget *widget, QPoint at)
{
    const QPointer<QWidget> there(widget);
    click(widget, at);
    s_time -= kApart; // the second press follows at once
    if (there)
        pressAndRelease(there, at, Qt::LeftButton);
}

void Pointer::wheel(QWidget *widget, QPoint at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWidget *top = widget->window();
    if (!top->windowHandle())
        return;
    const QPointF local = widget->mapTo(top, at);
    QCoreApplication::postEvent(top->windowHandle(),
                                new QWheelEvent(local, top->windowHandle()->mapToGlobal(local), {},
                                                QPoint(0, 120 * steps), m_down, modifiers, Qt::NoScrollPhase, false));
}

void Pointer::key(QWidget *other, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWindow *window = QGuiApplication::focusWindow();
    if (!window)
        window = other->windowHandle();
    const QString text = textOf(key, modifiers);
    qt_handleKeyEvent(window, QEvent::KeyPress, key, modifiers, text);
    qt_handleKeyEvent(window, QEvent::KeyRelease, key, modifiers, text);
}

} // namespace tests
