// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QWidget>

#include <optional>

namespace app {

// So many of so many, as a row of discs: a click on the third makes it three, a click left of the first none.
class CountingRow : public QWidget {
    Q_OBJECT

public:
    explicit CountingRow(QWidget *parent = nullptr);

    void setTheme(const widgets::Theme &theme);
    void setCount(std::optional<int> count, int most); // none: nothing has been counted yet
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void counted(int count);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void countTo(double x);
    double pitch() const;

    widgets::Theme m_theme;
    std::optional<int> m_count;
    int m_most = 0;
};

} // namespace app
