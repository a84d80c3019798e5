// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"

class QMenu;
class QWidget;

// Texts to read beside the window; they do not stop it.
namespace app {

// The keys of everything in the menu that can be chosen and has one, menu by menu, those of `first` before all others.
void showShortcuts(QWidget *window, const QMenu &menu, const QMenu &first);
// What this lab leaves out, and what it does not solve.
void showSimplified(QWidget *window, const resilience::labs::Lab &lab);
void showAbout(QWidget *window);

} // namespace app
