// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/lab.h"

#include <QList>

class QAction;
class QWidget;

// Texts to read beside the window; they do not stop it.
namespace app {

// Every action that has a key, in the order given.
void showShortcuts(QWidget *window, const QList<QAction *> &actions);
// What this lab leaves out, and what it does not solve.
void showSimplified(QWidget *window, const resilience::labs::Lab &lab);
void showAbout(QWidget *window);

} // namespace app
