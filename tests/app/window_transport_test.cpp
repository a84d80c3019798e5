// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/glyph_icon.h"
#include "app/run/playback.h"
#include "core/sim/engine/event.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/time/time_panel.h"

#include <QSlider>
#include <QToolButton>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// Time, driven through the real window by button, key and mouse.
class WindowTransportTest : public QObject {
    Q_OBJECT

private slots:
    // Whatever the speed is called: it would run away from the hand that drags it.
    void theSpeedSliderStaysWhereItIs()
    {
        WindowUnderTest t;
        auto *slider = t.find<QSlider>("speed");
        t.play(50);
        const int left = slider->mapTo(&t.window(), QPoint()).x();
        for (const double speed : {0.001, 0.123, 0.5, 1.0, 1.23, 93.3, 1000.0}) {
            t.session().setSpeed(speed);
            t.play(50);
            QCoreApplication::processEvents();
            QVERIFY(std::abs(slider->mapTo(&t.window(), QPoint()).x() - left) <= 1); // the row shares out whole pixels
        }
    }

    void nothingMovesBeforePlay()
    {
        WindowUnderTest t;
        t.play(2000);
        QCOMPARE(t.session().now(), kTimeZero);
        QVERIFY(!t.window().clock().isRunning());
    }

    void playButtonPlaysAtTheScenariosSpeedAndPauses()
    {
        WindowUnderTest t;
        t.click("play");
        QVERIFY(t.session().playing());
        QVERIFY(t.window().clock().isRunning());
        t.play(1000);
        QCOMPARE(t.session().now(), at(500ms));
        t.click("play");
        QVERIFY(!t.session().playing());
        QVERIFY(!t.window().clock().isRunning());
        t.play(1000);
        QCOMPARE(t.session().now(), at(500ms));
    }

    void spacePlaysAndPauses()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Space);
        QVERIFY(t.session().playing());
        t.key(Qt::Key_Space);
        QVERIFY(!t.session().playing());
    }

    void spacePressesTheButtonThatHasTheFocus()
    {
        WindowUnderTest t;
        auto *fault = t.find<QAbstractButton>("fault-outage");
        fault->setFocus();
        t.key(Qt::Key_Space);
        QVERIFY(fault->isChecked());
        QVERIFY(!t.session().playing());
    }

    void stepsByEventAndBack_data()
    {
        QTest::addColumn<QString>("on");
        QTest::addColumn<QString>("back");
        QTest::newRow("events") << "event-on"
                                << "event-back";
        QTest::newRow("decisions") << "decision-on"
                                   << "decision-back";
    }

    void stepsByEventAndBack()
    {
        QFETCH(QString, on);
        QFETCH(QString, back);
        WindowUnderTest t;
        const sim::World start = t.world();
        t.click(qPrintable(on));
        const sim::World first = t.world();
        QVERIFY(first != start);
        t.click(qPrintable(on));
        QVERIFY(t.world() != first);
        t.click(qPrintable(back));
        QVERIFY(t.world() == first);
        t.click(qPrintable(back));
        QVERIFY(t.world() == start);
    }

    void keysStepInTheSameGrains()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Right);
        QCOMPARE(t.decisions(), 1u);
        t.key(Qt::Key_Right);
        QCOMPARE(t.decisions(), 2u);
        t.key(Qt::Key_Left);
        QCOMPARE(t.decisions(), 1u);
        const uint64_t steps = t.world().steps();
        t.key(Qt::Key_Period);
        QCOMPARE(t.world().steps(), steps + 1);
        t.key(Qt::Key_Comma);
        QCOMPARE(t.world().steps(), steps);
    }

    void aStepPauses()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Space);
        t.play(500);
        t.key(Qt::Key_Right);
        QVERIFY(!t.session().playing());
    }

    void scrubbingGoesThere()
    {
        WindowUnderTest t;
        auto *time = t.find<widgets::TimePanel>("time-panel");
        QTest::mouseClick(time, Qt::LeftButton, {}, QPoint(time->width() / 2, 24));
        const double seconds = toSeconds(t.session().now());
        QVERIFY2(seconds > 20 && seconds < 40, qPrintable(QString::number(seconds)));
        QVERIFY(t.world().totals().offered > 30);
    }

    void runsUntilItOpens()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        QVERIFY(!t.session().needsTicks());
        QCOMPARE(t.world().breakerOf(0).state(), BreakerState::Open);
        t.window().action("until-1")->trigger();
        QCOMPARE(t.world().breakerOf(0).state(), BreakerState::HalfOpen);
        t.window().action("until-3")->trigger();
        QVERIFY(t.world().totals().of(sim::RequestOutcome::ShortCircuited) > 0);
    }

    void saysWhenAWaitIsInVain()
    {
        WindowUnderTest t;
        t.window().action("until-0")->trigger();
        QCOMPARE(t.session().now(), t.session().horizon());
        QVERIFY(!t.session().notice().isEmpty());
    }

    void playingOnAtTheEndGoesIntoFreePlay()
    {
        WindowUnderTest t;
        t.window().action("until-5")->trigger();
        const Time end = t.session().now();
        QCOMPARE(end, at(t.session().scenario().until));
        t.key(Qt::Key_Space);
        t.play(1000);
        QVERIFY(t.session().now() > end);
        QCOMPARE(t.session().horizon(), at(2 * t.session().scenario().until));
    }

    void speedSliderMovesByKey()
    {
        WindowUnderTest t;
        auto *speed = t.find<QSlider>("speed");
        const double before = t.session().speed();
        speed->setFocus();
        t.key(Qt::Key_Right);
        QVERIFY(t.session().speed() > before);
        QCOMPARE(t.decisions(), 0u); // the arrow was the slider's
    }

    void presetsSetTheSpeed()
    {
        WindowUnderTest t;
        const auto actions = t.find<QToolButton>("speed-presets")->menu()->actions();
        actions[0]->trigger();
        QCOMPARE(t.session().speed(), app::Playback::lectureSpeed(t.session().scenario()));
        actions[1]->trigger();
        QCOMPARE(t.session().speed(), app::Playback::lectureSpeed(t.session().scenario()) / 4);
    }

    void resetReturnsToTheKnownStart()
    {
        WindowUnderTest t;
        const sim::World start = t.world();
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        t.key(Qt::Key_R, Qt::ControlModifier);
        QVERIFY(t.world() == start);
        QVERIFY(t.session().timeline().journal().empty());
        QVERIFY(t.session().goals().met() > 0); // what one has seen, one has seen
        QVERIFY(!t.session().playing());
    }

    void sameSeedReplaysEverythingDone()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        const sim::World open = t.world();
        t.click("to-start");
        QCOMPARE(t.session().now(), kTimeZero);
        t.session().seek(open.now());
        QVERIFY(t.world().fingerprint() == open.fingerprint());
    }

    void newSeedKeepsWhatWasDone()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        const uint64_t seed = t.session().timeline().seed();
        const sim::Journal journal = t.session().timeline().journal();
        t.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(t.session().timeline().seed() != seed);
        QVERIFY(t.session().timeline().journal() == journal);
        QCOMPARE(t.session().now(), kTimeZero);
    }

    // A window may be too small to show a button at all.
    void aSignWithoutRoomIsNoPicture()
    {
        const QIcon icon = app::glyphIcon(app::Glyph::Play, Qt::black);
        QVERIFY(icon.pixmap(QSize(0, 16)).isNull());
        QVERIFY(icon.pixmap(QSize(-1, -1)).isNull());
        QCOMPARE(icon.pixmap(QSize(16, 16)).size(), QSize(16, 16));
    }
};

REGISTER_TEST(WindowTransportTest)
#include "window_transport_test.moc"
