// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QWidget>

class QLabel;

namespace app {

// A goal with the box that ticks itself.
class GoalRow : public QWidget {
    Q_OBJECT

public:
    explicit GoalRow(const QString &text, QWidget *parent = nullptr);

    void setMet(bool met);
    bool isMet() const { return m_met; }
    void setTheme(const widgets::Theme &theme);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    widgets::Theme m_theme;
    bool m_met = false;
    QLabel *m_label;
};

} // namespace app
