// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

namespace app {

class NumberBox;
class ToggleSwitch;

// One kind of fault of one component: its name, its value where it has one, and the switch.
class FaultRow : public QWidget {
    Q_OBJECT

public:
    FaultRow(Session &session, resilience::sim::FaultKind kind, QWidget *parent = nullptr);

    void setTarget(uint32_t component) { m_target = component; }
    resilience::sim::FaultKind kind() const { return m_kind; }
    void setFrame();
    void setTheme(const widgets::Theme &theme);

private:
    NumberBox *makeValue();
    double shown(double value) const; // as the box shows it
    double chosenValue() const;
    void toggle(bool on);
    void changeValue();

    Session &m_session;
    resilience::sim::FaultKind m_kind;
    uint32_t m_target = 0; // index among the components
    NumberBox *m_value = nullptr; // null where the fault has none
    ToggleSwitch *m_switch;
};

} // namespace app
