// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFrame;
class QLabel;
class QPushButton;
class QWidget;

// What a piece of text is for; the style sheet of the window gives each role its look.
namespace app {

// Sets the dynamic property "role" and lets the style look again.
void setRole(QWidget *widget, const char *role);
// A plain-text label that wraps where it has to.
QLabel *makeLabel(const char *role, QWidget *parent, const QString &text = {});
// A button that looks like a link. `name`: its object name.
QPushButton *makeLink(const QString &text, const char *name, QWidget *parent);
// A hairline across.
QFrame *makeRule(QWidget *parent);
// Sets text and visibility together: an empty label takes no room.
void showText(QLabel *label, const QString &text);

// The text for a tooltip, which would else take for markup what looks like it.
QString plainToolTip(const QString &text);

} // namespace app
