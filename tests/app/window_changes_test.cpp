// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// Knobs and faults: what they change, that it lands in the journal, and that it can be undone.
class WindowChangesTest : public QObject {
    Q_OBJECT

private slots:
    void aKnobTurnsTheRunningBreaker()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Space);
        t.play(1000);
        auto *slider = t.find<QSlider>("knob-failure_threshold");
        slider->setFocus();
        t.key(Qt::Key_Right);
        QCOMPARE(t.world().breakerOf(0).config().failureThreshold, 4u);
        QVERIFY(t.session().playing());
        QCOMPARE(t.session().timeline().journal().entries().size(), 1u);
        QCOMPARE(t.session().timeline().journal().entries().front().at, at(500ms));
    }

    void everyStepOfALogarithmicSliderChangesTheValue()
    {
        WindowUnderTest t;
        auto *slider = t.find<QSlider>("knob-open_duration");
        double before = 0;
        for (int position = 0; position <= slider->maximum(); ++position) {
            slider->setValue(position);
            const double now = toSeconds(t.world().breakerOf(0).config().openDuration);
            QVERIFY2(now > before, qPrintable(QString::number(position)));
            QCOMPARE(slider->value(), position);
            before = now;
        }
    }

    void oneDragIsOneUndo()
    {
        WindowUnderTest t;
        auto *slider = t.find<QSlider>("knob-failure_threshold");
        slider->setSliderDown(true);
        for (const int position : {3, 4, 5, 6})
            slider->setSliderPosition(position);
        slider->setSliderDown(false);
        QCOMPARE(t.world().breakerOf(0).config().failureThreshold, 7u);
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.world().breakerOf(0).config().failureThreshold, 3u);
        QVERIFY(!t.session().canUndo());
        t.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(t.world().breakerOf(0).config().failureThreshold, 7u);
    }

    void undoShowsTheSameMomentAsItWouldHaveBeen()
    {
        WindowUnderTest t;
        t.session().seek(at(20s));
        const auto undisturbed = t.world().fingerprint();
        t.click("to-start");
        t.click("fault-outage");
        t.session().seek(at(20s));
        QVERIFY(t.world().totals().of(sim::RequestOutcome::ShortCircuited) > 0);
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.session().now(), at(20s));
        QVERIFY(t.world().fingerprint() == undisturbed);
    }

    void undoBringsBackWhatResetTook()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        const sim::World open = t.world();
        t.key(Qt::Key_R, Qt::ControlModifier);
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(t.world() == open);
    }

    void everythingElseIsBehindOneFold()
    {
        WindowUnderTest t;
        auto *window = t.find<QComboBox>("parameter-window_type");
        QVERIFY(!window->isVisible());
        t.click("all-parameters");
        QVERIFY(window->isVisibleTo(&t.window()));
        window->setCurrentIndex(1);
        emit window->activated(1);
        QCOMPARE(t.world().breakerOf(0).config().window.kind, OutcomeWindowConfig::Kind::Count);
    }

    void whatIsBrokenOnPurposeHasACardOfItsOwn()
    {
        WindowUnderTest t;
        auto *broken = t.find<QAbstractButton>("parameter-broken_unlimited_trials");
        QVERIFY(broken->isVisibleTo(&t.window())); // whatever is folded
        QVERIFY(!t.session().snapshot().beside);
        broken->click();
        QVERIFY(t.world().breakerOf(0).config().faultyVariant.unlimitedTrials);
        QVERIFY(t.session().snapshot().beside); // and from now on the correct run beside it
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!t.session().snapshot().beside);
        t.session().openScenario(t.session().lab().scenario("slow-not-dead"));
        QVERIFY(broken->isVisibleTo(&t.window()));
    }

    void whatDoesNotGoTogetherIsRefusedInWords()
    {
        WindowUnderTest t;
        t.click("all-parameters");
        auto *window = t.find<QComboBox>("parameter-window_type");
        emit window->activated(1); // a count window of 100 calls
        const auto before = t.world();
        auto *minimum = t.find<QDoubleSpinBox>("parameter-minimum_calls");
        const double old = minimum->value();
        minimum->setValue(500);
        QVERIFY(t.world() == before);
        QCOMPARE(minimum->value(), old);
        QVERIFY(t.find<QLabel>("knob-refusal")->isVisibleTo(&t.window()));
        QVERIFY2(t.text("knob-refusal").contains("500"), qPrintable(t.text("knob-refusal")));
        minimum->setValue(50);
        QVERIFY(!t.find<QLabel>("knob-refusal")->isVisibleTo(&t.window()));
        QCOMPARE(t.world().breakerOf(0).config().minimumCalls, 50u);
    }

    void faults_data()
    {
        QTest::addColumn<size_t>("step");
        QTest::addColumn<int>("kind");
        const auto &all = labs::catalog();
        for (size_t i = 0; i < all.size(); ++i)
            for (const sim::FaultKind kind : all[i].faults)
                QTest::addRow("%s: %s", all[i].id.c_str(), sim::spec(kind).name) << i << int(kind);
    }

    void faults()
    {
        QFETCH(size_t, step);
        QFETCH(int, kind);
        WindowUnderTest t;
        t.session().openLab(labs::catalog()[step]);
        const auto components = t.session().snapshot().components;
        const auto target = sim::usualTarget(components, sim::FaultKind(kind));
        QVERIFY(target);
        auto *chooser = t.find<QComboBox>("fault-target");
        chooser->setCurrentIndex(chooser->findText(QString::fromStdString(components[*target].name)));
        emit chooser->activated(chooser->currentIndex());
        const std::string button = std::string("fault-") + sim::spec(sim::FaultKind(kind)).name;
        const auto on = [&] { return t.world().faultsOf(*target)[size_t(kind)]; };
        t.click(button.c_str());
        QVERIFY(on());
        QCOMPARE(*on(), sim::spec(sim::FaultKind(kind)).defaultValue);
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!on());
        QVERIFY(!t.find<QAbstractButton>(button.c_str())->isChecked());
        t.click(button.c_str());
        t.click(button.c_str());
        QVERIFY(!on());
    }

    void theValueOfAFaultCanBeChangedWhileItIsOn()
    {
        WindowUnderTest t;
        t.find<QDoubleSpinBox>("fault-value-error-rate")->setValue(80);
        QVERIFY(t.session().timeline().journal().empty());
        t.click("fault-error-rate");
        QCOMPARE(*t.world().services().front().fault(sim::FaultKind::ErrorRate), 0.8);
        t.find<QDoubleSpinBox>("fault-value-error-rate")->setValue(30);
        QCOMPARE(*t.world().services().front().fault(sim::FaultKind::ErrorRate), 0.3);
    }

    void clickingTheServiceOnTheStageTogglesAnOutage()
    {
        WindowUnderTest t;
        auto *stage = t.find<widgets::Stage>("stage");
        const auto *service = widgets::findHit(stage->picture()->hits(), widgets::targets::Service{0});
        QVERIFY(service);
        QTest::mouseClick(stage, Qt::LeftButton, {}, service->area.center().toPoint());
        QVERIFY(t.world().services().front().fault(sim::FaultKind::Outage));
        QVERIFY(t.find<QAbstractButton>("fault-outage")->isChecked());
        t.key(Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!t.world().services().front().fault(sim::FaultKind::Outage));
    }

    // What a stage asks for beyond faults: one undo each, and a refusal is said where the knobs say theirs.
    void whatTheStageAsksForIsDone()
    {
        WindowUnderTest t;
        auto *stage = t.find<widgets::Stage>("stage");
        const uint32_t threshold = *sim::knobNamed("failure_threshold");
        const auto value = [&] { return sim::knobs()[threshold].get(t.world()); };
        const double before = value();
        emit stage->interventionRequested(sim::TurnKnob{threshold, before + 2});
        QCOMPARE(value(), before + 2);
        QVERIFY(!t.find<QLabel>("knob-refusal")->isVisibleTo(&t.window()));
        t.session().undo();
        QCOMPARE(value(), before);
        emit stage->interventionRequested(sim::TurnKnob{threshold, 0});
        QCOMPARE(value(), before);
        QVERIFY(!t.session().canUndo());
        QVERIFY(t.find<QLabel>("knob-refusal")->isVisibleTo(&t.window()));
        emit stage->interventionRequested(sim::TurnKnob{threshold, before + 1});
        QVERIFY(!t.find<QLabel>("knob-refusal")->isVisibleTo(&t.window()));
    }
};

REGISTER_TEST(WindowChangesTest)
#include "window_changes_test.moc"
