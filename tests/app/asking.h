// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/catalog.h"
#include "tests/app/window_under_test.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QtTest>

#include <chrono>

// The window, brought to where it asks for a prediction.
namespace tests::asking {

using resilience::Duration;
using Stage = app::Prediction::Stage;

inline Stage stage(WindowUnderTest &t) { return t.session().prediction().stage(); }

inline int milliseconds(Duration duration)
{
    return int(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

// Opens a page and plays until it asks.
inline bool open(WindowUnderTest &t, const char *lab, size_t page)
{
    t.session().openLab(*resilience::labs::labWithId(lab));
    while (t.session().guide().beat() < page)
        t.session().nextBeat();
    t.key(Qt::Key_Space);
    return t.playUntil([&] { return stage(t) == Stage::Asked; }, 60);
}
inline bool ask(WindowUnderTest &t, const char *lab, size_t page)
{
    const bool asked = open(t, lab, page);
    t.play(milliseconds(app::Prediction::kReading)); // it has been read
    QCoreApplication::processEvents();
    return asked;
}

// The page of step 1 on which everything is scripted: when is the breaker closed again?
inline bool askForTime(WindowUnderTest &t) { return ask(t, "circuit-breaker", 3); }
inline bool askForNumber(WindowUnderTest &t) { return ask(t, "rate-limiter", 0); }
inline bool askForChoice(WindowUnderTest &t) { return ask(t, "bulkhead", 1); }

// Types what is asked for and says that it is that.
inline void give(WindowUnderTest &t, double value)
{
    QTest::keyClicks(t.find<QLineEdit>("prediction-number"), QString::number(value));
    t.click("prediction-answer");
}

} // namespace tests::asking
