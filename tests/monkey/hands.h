// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/window_under_test.h"
#include "tests/monkey/dialog_answers.h"

#include <QPointer>

#include <deque>
#include <functional>

namespace tests {

// Does one thing after the other in the window, as chance has it. The same seed does the same things, as long as the
// window answers in the same way.
class Hands {
public:
    Hands(WindowUnderTest &window, const SampleFiles &files, uint32_t seed);

    // Does the next thing, and says what.
    QString act();
    // Puts everything back to where it was at the first start, one thing at a time; false when all of it is.
    bool tidy();

private:
    using Act = QString (Hands::*)();
    QString click();
    QString doubleClick();
    QString clickOtherButton();
    QString drag();
    QString wheel();
    QString key();
    QString choose();
    QString resize();
    QString openFile();
    QString changeScenario();
    QString changeStep();
    QString changeLook();
    QString watch();

    // The window to work in: a popup, a dialog, or the main one.
    QWidget *place();
    struct Spot {
        QPointer<QWidget> widget;
        QPoint at;
        QString words() const;
    };
    // Anywhere in that window, or on one of its controls.
    Spot anywhere();
    Spot onControl();
    Spot spot();
    QString trigger(const QString &action);

    WindowUnderTest &m_window;
    const SampleFiles &m_files;
    QRandomGenerator m_chance;
    Pointer m_pointer;
    DialogAnswers m_answers;
    std::deque<std::function<void()>> m_next; // the rest of what was begun
    QString m_begun;
};

} // namespace tests
