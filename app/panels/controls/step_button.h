// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QToolButton>

namespace app {

// One step in the header: its number and name, and below them a dash for each goal, filled when that is met.
class StepButton : public QToolButton {
    Q_OBJECT

public:
    explicit StepButton(QWidget *parent = nullptr);

    void setTheme(const widgets::Theme &theme);
    void setGoals(size_t met, size_t all);
    size_t goalsMet() const { return m_met; }
    // What it takes to show this text.
    int widthFor(const QString &text) const;
    QSize sizeHint() const override; // as wide as that
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Theme m_theme;
    size_t m_met = 0;
    size_t m_all = 0;
};

} // namespace app
