// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/key_guard.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QPlainTextEdit>

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

} // namespace

KeyGuard::KeyGuard(QObject *parent) : QObject(parent) { qApp->installEventFilter(this); }

bool KeyGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (!plain || !needs(watched, key->key()))
        return false;
    key->accept();
    return true;
}

} // namespace app
