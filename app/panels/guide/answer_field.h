// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>

namespace app {

// Where a predicted number is typed. It is empty until something is: a number that stood there would be a hint. Only
// what can belong to a number is a key for it; all others are left to the shortcuts of the window.
class AnswerField : public QLineEdit {
    Q_OBJECT

public:
    explicit AnswerField(QWidget *parent = nullptr);

    // What can be answered, with so many decimals; `unit` may be empty. Shown while the field is empty.
    void setRange(double least, double most, int decimals, const QString &unit);
    // What stands there; none while it is empty, unfinished or out of range.
    std::optional<double> value() const;
    // What is typed already stays as it was typed.
    void setValue(std::optional<double> value);

    QSize sizeHint() const override; // as wide as the range
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void edited();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override; // up and down count from what stands there
    void focusInEvent(QFocusEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    double m_least = 0;
    double m_most = 0;
    int m_decimals = 0;
    bool m_entered = false; // by this press of the mouse
};

} // namespace app
