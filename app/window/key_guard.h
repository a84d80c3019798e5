// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace app {

// Space, arrows and the like drive the run wherever the focus is, except on a control that needs that very key: a
// button with the keyboard's focus is still pressed by Space, a slider still moved by arrows. (Qt's controls do not
// claim these keys against the window's shortcuts by themselves.) With Ctrl, Space plays and pauses even there. Watches
// all controls of the program while it lives.
class KeyGuard : public QObject {
    Q_OBJECT

public:
    explicit KeyGuard(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace app
