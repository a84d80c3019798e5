// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/settings/shown_knob.h"
#include "widgets/look/theme.h"

#include <QWidget>

class QAbstractButton;
class QComboBox;
class QLabel;

namespace app {

class KnobReset;
class NumberBox;
class ToggleSwitch;

// Any knob, exactly: its name and the native box for its kind. A change takes effect when it is complete (Enter,
// another field, an arrow), not at every digit. Among the main knobs (`Main`) an on/off is a switch beside its name.
class ParameterEditor : public QWidget {
    Q_OBJECT

public:
    enum class Place : uint8_t { Main, Folded };
    ParameterEditor(Session &session, const ShownKnob &knob, Place place, QWidget *parent = nullptr);

    // Whether it applies to the scenario; else it must not be shown, and has no value.
    bool applies() const { return m_knob.matters(); }
    void setFrame(); // precondition: it applies
    void setTheme(const widgets::Theme &theme);

signals:
    void refused(const QString &why);

private:
    QWidget *makeEditor(Place place);
    void arrange(QWidget *editor, Place place);
    void turn(double value);
    double factor() const; // of what is shown to the value

    Session &m_session;
    ShownKnob m_knob;
    double m_shown;
    QLabel *m_name = nullptr;
    NumberBox *m_number = nullptr;
    QComboBox *m_choice = nullptr;
    QAbstractButton *m_toggle = nullptr;
    ToggleSwitch *m_switch = nullptr; // the same one, where it is a switch
    KnobReset *m_reset;
    const resilience::sim::Scenario *m_helpOf = nullptr; // the scenario that the tooltip tells of
};

// Of an editor or a slider: hidden where turning its knob would make no difference, else as the run has it. True when
// it is shown.
template <typename Knob> bool showWhereItApplies(Knob *knob)
{
    const bool applies = knob->applies();
    knob->setVisible(applies);
    if (applies)
        knob->setFrame();
    return applies;
}

} // namespace app
