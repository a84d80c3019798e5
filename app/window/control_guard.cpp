// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/control_guard.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace app {

namespace {

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

bool isPage(int key)
{
    return key == Qt::Key_PageUp || key == Qt::Key_PageDown || key == Qt::Key_Home || key == Qt::Key_End;
}

bool isReturn(int key) { return key == Qt::Key_Return || key == Qt::Key_Enter; }

// From one thing on the stage to another.
bool movesOnHome(int key)
{
    return key == Qt::Key_Tab || key == Qt::Key_Backtab || key == Qt::Key_Up || key == Qt::Key_Down;
}

bool isSlider(const QObject *control)
{
    return qobject_cast<const QAbstractSlider *>(control) && !qobject_cast<const QScrollBar *>(control);
}

// The number box that a widget is or belongs to.
const QAbstractSpinBox *numberBox(const QObject *control)
{
    if (qobject_cast<const QLineEdit *>(control))
        control = control->parent();
    return qobject_cast<const QAbstractSpinBox *>(control);
}

bool isButtonOrList(const QObject *control)
{
    return qobject_cast<const QAbstractButton *>(control) || qobject_cast<const QComboBox *>(control);
}

bool isUndo(const QKeyEvent &key) { return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo); }

bool needs(const QObject *control, int key)
{
    if (qobject_cast<const QAbstractButton *>(control))
        return key == Qt::Key_Space;
    if (qobject_cast<const QAbstractSlider *>(control))
        return isArrow(key) || isPage(key);
    if (qobject_cast<const QComboBox *>(control))
        return key == Qt::Key_Space || isArrow(key) || isPage(key);
    if (qobject_cast<const QPlainTextEdit *>(control))
        return isArrow(key) || isPage(key);
    return false;
}

// How a control may come by the keyboard; the wheel is no way at all.
void settleFocus(QObject *control)
{
    auto *widget = static_cast<QWidget *>(control);
    const Qt::FocusPolicy policy = widget->focusPolicy();
    if (isButtonOrList(control))
        widget->setFocusPolicy(policy & Qt::TabFocus ? Qt::TabFocus : Qt::NoFocus);
    else if (policy != Qt::NoFocus && (isSlider(control) || qobject_cast<QAbstractSpinBox *>(control)))
        widget->setFocusPolicy(Qt::StrongFocus);
}

} // namespace

ControlGuard::ControlGuard(QObject *parent) : QObject(parent) { qApp->installEventFilter(this); }

void ControlGuard::setHome(QWidget *home)
{
    m_home = home;
    m_returnHeld = true;
}

void ControlGuard::setAsked(bool asked)
{
    m_asked = asked;
    m_returnHeld = m_returnHeld || asked;
}

// On home(). True when the event is not to get there.
bool ControlGuard::keepReturn(const QEvent &event)
{
    if (m_asked)
        return event.type() == QEvent::KeyPress && isReturn(static_cast<const QKeyEvent &>(event).key());
    switch (event.type()) {
    case QEvent::FocusIn: {
        const auto reason = static_cast<const QFocusEvent &>(event).reason();
        m_returnHeld = m_returnHeld && reason != Qt::TabFocusReason && reason != Qt::BacktabFocusReason;
        return false;
    }
    case QEvent::KeyPress: {
        const auto &key = static_cast<const QKeyEvent &>(event);
        const bool alters = key.modifiers() & Qt::AltModifier;
        m_returnHeld = m_returnHeld && (alters || !movesOnHome(key.key()));
        return m_returnHeld && (isReturn(key.key()) || (alters && isArrow(key.key())));
    }
    default:
        return false;
    }
}

bool ControlGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_home && keepReturn(*event))
        return true;
    switch (event->type()) {
    case QEvent::Polish:
        settleFocus(watched);
        return false;
    case QEvent::Wheel:
        return keepFromWheel(watched, event);
    case QEvent::MouseButtonPress:
        bringHome(watched);
        return false;
    case QEvent::ShortcutOverride:
        return leaveToShortcuts(watched, event);
    default:
        return false;
    }
}

// Ignored, the wheel goes on to whatever the control lies in, which scrolls.
bool ControlGuard::keepFromWheel(const QObject *watched, QEvent *event) const
{
    const QAbstractSpinBox *number = numberBox(watched);
    const bool taken = number              ? number->hasFocus()
                       : isSlider(watched) ? static_cast<const QWidget *>(watched)->hasFocus()
                                           : !qobject_cast<const QComboBox *>(watched);
    if (taken)
        return false;
    event->ignore();
    return true;
}

void ControlGuard::bringHome(const QObject *clicked) const
{
    if (m_home && isButtonOrList(clicked) && static_cast<const QWidget *>(clicked)->window() == m_home->window())
        m_home->setFocus(Qt::MouseFocusReason);
}

// True when the event has been dealt with.
bool ControlGuard::leaveToShortcuts(QObject *watched, QEvent *event) const
{
    auto *key = static_cast<QKeyEvent *>(event);
    const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (const auto *number = numberBox(watched);
        number && isUndo(*key) && !number->findChild<QLineEdit *>()->isModified()) {
        key->ignore(); // nothing was typed here that could be taken back
        return true;
    }
    if (!plain)
        return false;
    if (key->key() == Qt::Key_Space && numberBox(watched)) {
        key->ignore(); // there is no space in a number
        return true;
    }
    if (!needs(watched, key->key()))
        return false;
    key->accept();
    return true;
}

} // namespace app
