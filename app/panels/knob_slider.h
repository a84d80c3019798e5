// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"
#include "core/sim/knobs.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace app {

// One of the main knobs: its name, its value, and a slider that turns it while the run goes on.
class KnobSlider : public QWidget {
    Q_OBJECT

public:
    KnobSlider(Session &session, uint32_t knob, QWidget *parent = nullptr);

    uint32_t knob() const { return m_knob; }
    // Whether it applies to the scenario; else it must not be shown, and has no value.
    bool applies() const;
    void setFrame(); // precondition: it applies

    // Whole steps of the slider, 0..steps(), to values and back; logarithmic where the knob is.
    static int steps(const resilience::sim::KnobSpec &spec);
    static double valueAt(const resilience::sim::KnobSpec &spec, int position);
    static int positionOf(const resilience::sim::KnobSpec &spec, double value);

signals:
    void refused(const QString &why);

private:
    void turn(int position);

    Session &m_session;
    uint32_t m_knob;
    bool m_dragging = false;
    QLabel *m_value;
    QSlider *m_slider;
};

} // namespace app
