// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/settings/shown_knob.h"

#include <QWidget>

#include <vector>

class QLabel;
class QSlider;

namespace app {

class KnobReset;

// One of the main knobs: its name, its value, and a slider that turns it while the run goes on.
class KnobSlider : public QWidget {
    Q_OBJECT

public:
    KnobSlider(Session &session, const ShownKnob &knob, QWidget *parent = nullptr);

    // Whether it applies to the scenario; else it must not be shown, and has no value.
    bool applies() const { return m_knob.matters(); }
    void setFrame(); // precondition: it applies

signals:
    void refused(const QString &why);

private:
    void turn(int position);
    void turnTo(double value, Session::Gesture gesture);

    Session &m_session;
    ShownKnob m_knob;
    std::vector<double> m_values; // by the slider's position
    bool m_dragging = false;
    QLabel *m_name;
    QLabel *m_value;
    QSlider *m_slider;
    KnobReset *m_reset;
    const resilience::sim::Scenario *m_helpOf = nullptr; // the scenario that the tooltip tells of
};

} // namespace app
