// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/playback.h"
#include "app/run/run_file.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QSlider>
#include <QWheelEvent>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// What wheel, clicks and keys do to the controls, by real events; and that nothing one did is lost.
class WindowHandsTest : public QObject {
    Q_OBJECT

private:
    static void wheel(QWidget *over, int notches)
    {
        const QPointF at(over->rect().center());
        QWheelEvent turn(at, over->mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&turn); // as from a mouse: only such goes on to what a control lies in
        QCoreApplication::sendEvent(over, &turn);
    }

    static QVariant valueOf(const QWidget *control)
    {
        if (const auto *box = qobject_cast<const QComboBox *>(control))
            return box->currentIndex();
        if (const auto *number = qobject_cast<const QDoubleSpinBox *>(control))
            return number->value();
        return qobject_cast<const QAbstractSlider *>(control)->value();
    }

    // Everything in the window that has a value to turn.
    static QList<QWidget *> controlsOf(QWidget &window)
    {
        QList<QWidget *> controls;
        for (QWidget *widget : window.findChildren<QWidget *>())
            if (qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget)
                || (qobject_cast<QAbstractSlider *>(widget) && !qobject_cast<QScrollBar *>(widget)))
                if (widget->isVisibleTo(&window))
                    controls += widget;
        return controls;
    }

private slots:
    void theWheelChangesNothing_data()
    {
        QTest::addColumn<size_t>("step");
        for (size_t i = 0; i < labs::catalog().size(); ++i)
            QTest::newRow(labs::catalog()[i].id.c_str()) << i;
    }

    void theWheelChangesNothing()
    {
        QFETCH(size_t, step);
        WindowUnderTest t;
        t.session().openLab(labs::catalog()[step]);
        t.click("all-parameters");
        QCoreApplication::processEvents();
        const sim::World before = t.world();
        const QWidget *focus = t.window().focusWidget();
        const QList<QWidget *> controls = controlsOf(t.window());
        QVERIFY(controls.size() > 5);
        for (QWidget *control : controls) {
            const QVariant value = valueOf(control);
            for (const int notches : {1, -1, 3}) {
                wheel(control, notches);
                QVERIFY2(valueOf(control) == value, qPrintable(control->objectName()));
                QVERIFY2(t.window().focusWidget() == focus, qPrintable(control->objectName()));
            }
        }
        QVERIFY(t.world() == before);
        QVERIFY(t.session().timeline().journal() == t.session().scenario().script);
    }

    void theWheelTurnsWhatWasClicked()
    {
        WindowUnderTest t;
        for (const char *name : {"knob-open_duration", "fault-value-error-rate"}) {
            auto *control = t.find<QWidget>(name);
            QTest::mouseClick(control, Qt::LeftButton);
            QVERIFY2(control->hasFocus(), name);
            const QVariant value = valueOf(control);
            wheel(control, 1);
            QVERIFY2(valueOf(control) != value, name);
        }
    }

    void spacePlaysWhereverTheMouseHasClicked()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("all-parameters");
        QCoreApplication::processEvents();
        for (const char *name : {"parameter-broken_unlimited_trials", "fault-outage", "riddle-fold", "beat-next",
                                 "decision-on", "step-circuit-breaker"}) {
            QTest::mouseClick(t.find<QWidget>(name), Qt::LeftButton);
            const auto *button = t.find<QAbstractButton>(name);
            const bool checked = button->isChecked();
            t.key(Qt::Key_Space);
            QVERIFY2(t.session().playing(), name);
            QCOMPARE(button->isChecked(), checked);
            t.key(Qt::Key_Space);
            QVERIFY2(!t.session().playing(), name);
        }
        for (const char *name : {"knob-open_duration", "fault-value-error-rate", "speed"}) {
            QTest::mouseClick(t.find<QWidget>(name), Qt::LeftButton);
            t.key(Qt::Key_Space);
            QVERIFY2(t.session().playing(), name);
            t.key(Qt::Key_Space);
        }
    }

    void arrowsMoveTheSliderThatWasClicked()
    {
        WindowUnderTest t;
        auto *slider = t.find<QSlider>("knob-open_duration");
        QTest::mouseClick(slider, Qt::LeftButton);
        const int value = slider->value();
        t.key(Qt::Key_Right);
        QCOMPARE(slider->value(), value + 1);
        QCOMPARE(t.session().now(), kTimeZero);
        QTest::mouseClick(t.find<QWidget>("stage"), Qt::LeftButton, {}, QPoint(3, 3));
        t.key(Qt::Key_Right);
        QCOMPARE(slider->value(), value + 1);
        QCOMPARE(t.decisions(), 1u);
    }

    void anOpenedScenarioCanBeUndone()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        const app::Place place = app::placeOf(t.session().timeline());
        t.session().seek(at(20s));
        t.session().seek(place.at);
        const sim::World world = t.world();
        const auto journal = t.session().timeline().journal();
        const std::string scenario = t.session().scenario().name;
        const size_t page = t.session().guide().beat();
        emit t.find<QComboBox>("scenarios")->activated(1);
        QVERIFY(t.session().scenario().name != scenario);
        QVERIFY(t.session().notice().contains(QStringLiteral("Ctrl+Z")));
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.session().scenario().name, scenario);
        QVERIFY(t.session().timeline().journal() == journal);
        QVERIFY(t.world() == world);
        QCOMPARE(t.session().timeline().frontier(), at(20s));
        QCOMPARE(t.session().guide().beat(), page);
        t.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(t.session().scenario().name != scenario);
        QCOMPARE(t.session().now(), kTimeZero);
    }

    void anOpenedStepCanBeUndone()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.session().seek(at(12s));
        const sim::World world = t.world();
        t.click("step-bulkhead");
        QVERIFY(t.session().scenario().step == "bulkhead");
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.session().lab().id, std::string("circuit-breaker"));
        QVERIFY(t.world() == world);
        QVERIFY(t.find<QAbstractButton>("step-circuit-breaker")->isChecked());
        // What was done there can still be undone, too.
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(t.session().timeline().journal().empty());
        QCOMPARE(t.session().now(), at(12s));
    }

    void anOpenedFileCanBeUndone()
    {
        WindowUnderTest t;
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("run.json"));
        t.session().openLab(*labs::labWithId("retry"));
        t.session().seek(at(1s));
        QVERIFY(!app::saveRun(t.session(), path));
        t.session().openLab(*labs::labWithId("circuit-breaker"));
        t.click("fault-outage");
        t.session().seek(at(9s));
        const sim::World world = t.world();
        t.window().files().open(path);
        QCOMPARE(t.session().lab().id, std::string("retry"));
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(t.world() == world);
    }

    // From Play, whatever the scenario is about begins within seconds.
    void nothingTakesLongToBegin()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        for (const labs::Lab &lab : labs::catalog())
            for (const auto &scenario : lab.scenarios) {
                t.session().openRun(lab, sim::Timeline(scenario));
                const Time leadIn = app::Playback::leadInOf(*scenario);
                t.session().setPlaying(true);
                t.play(1600);
                QVERIFY2(t.session().now() >= leadIn, scenario->name.c_str());
                const double left = leadIn > kTimeZero ? toSeconds(leadIn + 1s - t.session().now()) : 0;
                QVERIFY2(left / scenario->speed < 5, scenario->name.c_str());
                QVERIFY2(t.playUntil([&] { return t.session().timeline().lastEvent() > 0; }, 5),
                         scenario->name.c_str());
            }
    }

    void aSpeedThatIsSetHoldsFromTheStart()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openScenario(t.session().lab().scenario("outage-and-recovery"));
        t.session().setSpeed(0.1);
        t.session().setPlaying(true);
        t.play(1000);
        QCOMPARE(t.session().now(), at(100ms));
    }

    void whatWasReachedSurvivesARestart()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("fault-outage");
        t.window().action("until-3")->trigger();
        const auto goals = t.session().progress(t.session().lab()).goals;
        QVERIFY(goals.size() >= 2);
        t.click("beat-next");
        t.click("beat-next");
        t.session().openLab(*labs::labWithId("retry"));
        t.click("beat-next");
        const auto again = t.restart();
        app::Session &session = again->session();
        QCOMPARE(session.lab().id, std::string("retry"));
        QCOMPARE(session.guide().beat(), size_t{1});
        QCOMPARE(session.scenario().name, session.lab().guide.beats[1].scenario);
        session.openLab(*labs::labWithId("circuit-breaker"));
        QCOMPARE(session.guide().beat(), size_t{2});
        QVERIFY(session.progress(session.lab()).goals == goals);
        // A reset is about the run, not about what one has reached.
        session.reset();
        QVERIFY(session.progress(session.lab()).goals == goals);
        again->action("start-over")->trigger();
        QVERIFY(session.progress(session.lab()).goals.empty());
        QCOMPARE(session.guide().beat(), size_t{0});
        QVERIFY(QSettings().value("progress/circuit-breaker/goals").toStringList().isEmpty());
    }

    void everyKnobSaysWhatItTakesAndGoesBack()
    {
        WindowUnderTest t;
        t.click("all-parameters");
        for (const auto &list : {t.session().lab().mainKnobs, t.session().lab().otherKnobs})
            for (const std::string &id : list) {
                const uint32_t knob = *sim::knobNamed(id);
                const auto usual = t.session().defaultOf(knob);
                auto *reset = t.find<QAbstractButton>(("reset-" + id).c_str());
                QVERIFY2(reset, id.c_str());
                const QString help = reset->parentWidget()->toolTip();
                if (!usual || !sim::knobs()[knob].matters(t.world()))
                    continue; // not shown in this scenario
                QVERIFY2(help.contains(QString::fromLatin1(sim::knobs()[knob].label)), qPrintable(help));
                QVERIFY2(help.contains(QStringLiteral("This scenario has")), qPrintable(help));
                QVERIFY(!reset->isVisibleTo(&t.window()));
            }
        auto *slider = t.find<QSlider>("knob-open_duration");
        slider->setValue(slider->maximum());
        auto *reset = t.find<QAbstractButton>("reset-open_duration");
        QVERIFY(reset->isVisibleTo(&t.window()));
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(t.world().breakerOf(0).config().openDuration, Duration{5s});
        QVERIFY(!reset->isVisibleTo(&t.window()));
    }
};

REGISTER_TEST(WindowHandsTest)
#include "window_hands_test.moc"
