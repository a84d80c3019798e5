// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QWidget>

#include <optional>

namespace app {

// The border between the stage and the time below it. It is dragged, or moved with Up and Down; a double click puts it
// back.
class BorderHandle : public QWidget {
    Q_OBJECT

public:
    explicit BorderHandle(QWidget *parent);
    void setTheme(const widgets::Theme &theme);

signals:
    void movedBy(int pixels); // down
    void putBack();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Theme m_theme = widgets::Theme::light();
    std::optional<double> m_from; // y on the screen while it is dragged
};

} // namespace app
