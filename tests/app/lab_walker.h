// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"
#include "tests/app/window_under_test.h"

#include <QStringList>

class QAbstractSpinBox;
class QComboBox;
class QSlider;

namespace tests {

// Somebody who works through a lab in the real window with the mouse alone, or with the keyboard alone. What cannot be
// done that way is a problem.
class LabWalker {
public:
    enum class Hand : uint8_t { Mouse, Keyboard };
    LabWalker(WindowUnderTest &window, Hand hand);
    ~LabWalker();

    void open(const resilience::labs::Lab &lab);
    void chooseScenario(const std::string &name);
    // Plays, answering each question that comes with its first choice, and stops at that moment.
    void playTo(resilience::Time moment);
    void doAs(const resilience::sim::Intervention &what);

    const QStringList &problems() const { return m_problems; }

private:
    bool byKey() const { return m_hand == Hand::Keyboard; }
    void expect(bool holds, const QString &problem);
    // The keyboard's way to a widget: Tab until it has the focus.
    bool tabTo(QWidget *widget);
    void press(QWidget *button);
    void choose(QComboBox *box, int index);
    void slide(QSlider *slider, int position);
    void type(QAbstractSpinBox *box, double value);
    void turn(const resilience::sim::TurnKnob &knob);
    void fault(uint32_t target, resilience::sim::FaultKind kind, bool on, double value);
    void reorder(const resilience::sim::SetPolicies &what);
    void movePolicy(uint32_t client, resilience::PolicyKind kind, size_t from, size_t to);
    void answer();
    void togglePlaying();

    WindowUnderTest &m_window;
    Hand m_hand;
    int m_doubleClick;
    QStringList m_problems;
};

} // namespace tests
