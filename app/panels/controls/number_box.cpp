// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/number_box.h"

namespace app {

NumberBox::NumberBox(QWidget *parent) : QDoubleSpinBox(parent)
{
    setKeyboardTracking(false); // a number counts when it is complete
    setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
    connect(this, &QAbstractSpinBox::editingFinished, this, [this] {
        // Enter gives the keys back to the run.
        if (hasFocus())
            clearFocus();
    });
}

QString NumberBox::textFromValue(double value) const
{
    QString text = locale().toString(value, 'f', decimals());
    if (decimals() == 0)
        return text;
    while (text.endsWith(locale().zeroDigit()))
        text.chop(1);
    if (text.endsWith(locale().decimalPoint()))
        text.chop(1);
    return text;
}

} // namespace app
