// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace app {

class NumberBox;

// Any knob, exactly: its name and the native box for its kind. A change takes effect when it is complete (Enter, another
// field, an arrow), not at every digit.
class ParameterEditor : public QWidget {
    Q_OBJECT

public:
    ParameterEditor(Session &session, uint32_t knob, QWidget *parent = nullptr);

    void setFrame();

signals:
    void refused(const QString &why);

private:
    QWidget *makeEditor();
    void turn(double value);
    double factor() const; // of what is shown to the value

    Session &m_session;
    uint32_t m_knob;
    double m_shown;
    NumberBox *m_number = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_toggle = nullptr;
};

} // namespace app
