// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QAbstractButton>

namespace app {

// On or off, as a sliding switch. Keyboard and accessibility are those of a check box. `fault` switches are in the hue
// of failure when on, for that is what they switch on.
class ToggleSwitch : public QAbstractButton {
    Q_OBJECT

public:
    explicit ToggleSwitch(bool fault, QWidget *parent = nullptr);
    void setTheme(const widgets::Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Theme m_theme;
    bool m_fault;
};

} // namespace app
