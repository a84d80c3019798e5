// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/settings/shown_knob.h"

#include <QToolButton>

namespace app {

// Puts one knob back to what the scenario has. There only while the knob stands elsewhere; its room stays.
class KnobReset : public QToolButton {
    Q_OBJECT

public:
    KnobReset(const ShownKnob &knob, QWidget *parent);

    // `value`: what the knob is at now.
    void setFrame(double value);

signals:
    // To this value, please.
    void wanted(double value);

private:
    ShownKnob m_knob;
};

} // namespace app
