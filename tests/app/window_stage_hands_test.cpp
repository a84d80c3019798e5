// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/tabular_label.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/lock/lock_graph.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;
using widgets::StageTarget;
namespace targets = widgets::targets;

// What a click and a key on the stage do to the rest of the window, and what they leave alone.
class WindowStageHandsTest : public QObject {
    Q_OBJECT

private:
    static bool click(WindowUnderTest &t, const StageTarget &target)
    {
        auto *stage = t.find<widgets::Stage>("stage");
        const auto *hit = widgets::findHit(stage->picture()->hits(), target);
        if (!hit)
            return false;
        QTest::mouseClick(stage, Qt::LeftButton, {}, hit->area.center().toPoint());
        return true;
    }

    static QString shownTarget(WindowUnderTest &t) { return t.find<QComboBox>("fault-target")->currentText(); }

    static uint32_t serviceNamed(WindowUnderTest &t, const char *name)
    {
        const auto &all = t.session().scenario().services;
        return uint32_t(std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.name == name; })
                        - all.begin());
    }

    static QPoint emptySpot(const widgets::Stage &stage)
    {
        for (int y = stage.height() - 3; y > 0; y -= 3)
            for (int x = 3; x < stage.width(); x += 3)
                if (!widgets::hitTest(stage.picture()->hits(), QPointF(x, y)))
                    return {x, y};
        return {};
    }

private slots:
    void theFaultPanelFollowsAClickedService()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("health-check"));
        for (const char *name : {"node-2", "node-3", "node-1"}) {
            const size_t before = t.session().timeline().journal().entries().size();
            QVERIFY(click(t, targets::Service{serviceNamed(t, name)}));
            QCOMPARE(shownTarget(t), QString::fromLatin1(name));
            // The click breaks it, as it says; that the panel follows breaks nothing else.
            QCOMPARE(t.session().timeline().journal().entries().size(), before + 1);
            const auto *set = std::get_if<sim::SetFault>(&t.session().timeline().journal().entries().back().what);
            QVERIFY(set && set->target == serviceNamed(t, name));
        }
    }

    void itFollowsWhatIsBelievedOfANode()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("health-check"));
        t.session().seek(at(8s));
        const auto journal = t.session().timeline().journal();
        for (const auto part : {widgets::HealthPart::Belief, widgets::HealthPart::Route})
            for (const uint32_t place : {1U, 2U, 0U}) {
                QVERIFY(click(t, targets::part(part, place)));
                const auto &of = t.session().snapshot().health.front().targets[place];
                QCOMPARE(shownTarget(t), QString::fromStdString(t.session().scenario().services[of.service].name));
            }
        QVERIFY(t.session().timeline().journal() == journal);
    }

    void itFollowsTheLocksNodesAndHolders()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("distributed-lock"));
        t.session().seek(at(2s));
        const auto &lock = t.session().snapshot().lock;
        std::vector<std::pair<StageTarget, QString>> all;
        for (const uint64_t node : {3, 0, 4})
            all.emplace_back(targets::part(widgets::LockPart::Node, node),
                             QString::fromStdString(lock.nodes[node].name));
        for (const uint64_t holder : {1, 0})
            all.emplace_back(targets::part(widgets::LockPart::Holder, holder),
                             QString::fromStdString(lock.holders[holder].name));
        for (const auto &[target, name] : all) {
            const size_t before = t.session().timeline().journal().entries().size();
            QVERIFY2(click(t, target), qPrintable(name));
            QCOMPARE(shownTarget(t), name);
            QCOMPARE(t.session().timeline().journal().entries().size(), before + 1);
        }
    }

    void itFollowsTheKeyboardAndStaysWhereItWasPut()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().openLab(*labs::labWithId("bulkhead"));
        auto *stage = t.find<widgets::Stage>("stage");
        stage->setFocus(Qt::OtherFocusReason);
        QString last;
        for (int i = 0; i < 30; ++i) {
            t.key(Qt::Key_Down);
            const StageTarget focus = stage->focusTarget();
            const auto *service = focus.as<targets::Service>();
            if (!service)
                continue;
            last = QString::fromStdString(t.session().scenario().services[service->service].name);
            t.key(Qt::Key_Return);
            QCOMPARE(shownTarget(t), last);
        }
        QVERIFY(!last.isEmpty());
        t.play(1000);
        t.key(Qt::Key_Right);
        QCOMPARE(shownTarget(t), last);
    }

    // What is marked at first has not been chosen by anybody.
    void returnOnTheFirstMarkDoesNothing_data()
    {
        QTest::addColumn<size_t>("step");
        for (size_t i = 0; i < labs::catalog().size(); ++i)
            QTest::newRow(labs::catalog()[i].id.c_str()) << i;
    }
    void returnOnTheFirstMarkDoesNothing()
    {
        QFETCH(size_t, step);
        WindowUnderTest t;
        t.session().setAsking(false);
        if (step > 0)
            t.click(("step-" + labs::catalog()[step].id).c_str());
        auto *stage = t.find<widgets::Stage>("stage");
        QVERIFY(stage->hasFocus());
        QSignalSpy asked(stage, &widgets::Stage::targetClicked);
        const auto journal = t.session().timeline().journal();
        const auto expectNothing = [&] {
            for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter})
                t.key(key);
            for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right})
                t.key(key, Qt::AltModifier);
            QCOMPARE(asked.size(), 0);
            QVERIFY(t.session().timeline().journal() == journal);
        };
        expectNothing();
        QTest::mouseClick(stage, Qt::LeftButton, {}, emptySpot(*stage)); // nothing is there
        expectNothing();
        t.click("beat-next");
        t.click("beat-back");
        t.key(Qt::Key_Space);
        t.play(200);
        t.key(Qt::Key_Space);
        expectNothing();
        t.key(Qt::Key_Down);
        t.key(Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
    }

    void aClickedThingIsWhatReturnIsFor()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        QVERIFY(click(t, targets::Service{0}));
        QVERIFY(t.world().services().front().fault(sim::FaultKind::Outage));
        t.key(Qt::Key_Return);
        QVERIFY(!t.world().services().front().fault(sim::FaultKind::Outage));
    }

    void tabChoosesToo()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        auto *stage = t.find<widgets::Stage>("stage");
        QSignalSpy asked(stage, &widgets::Stage::targetClicked);
        t.key(Qt::Key_Tab);
        t.key(Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
    }

    // In front of a hall the same keys do the same.
    void theKeysDoTheSameInFrontOfAHall()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_F5);
        QCoreApplication::processEvents();
        auto *stage = t.find<widgets::Stage>("stage");
        for (const auto modifier :
             {Qt::KeyboardModifiers(Qt::NoModifier), Qt::KeyboardModifiers(Qt::ControlModifier)}) {
            t.key(Qt::Key_Space, modifier);
            QVERIFY(t.session().playing());
            t.key(Qt::Key_Space, modifier);
            QVERIFY(!t.session().playing());
        }
        t.session().seek(kTimeZero);
        t.key(Qt::Key_Right);
        QCOMPARE(t.decisions(), 1u);
        t.key(Qt::Key_Right);
        t.key(Qt::Key_Left);
        QCOMPARE(t.decisions(), 1u);
        // Neither the wheel nor a click where nothing is changes anything; and then Space plays.
        const sim::World before = t.world();
        const QPointF middle(stage->rect().center());
        for (const int notches : {1, -1, 5}) {
            QWheelEvent turn(middle, stage->mapToGlobal(middle), {}, QPoint(0, 120 * notches), Qt::NoButton,
                             Qt::NoModifier, Qt::NoScrollPhase, false);
            QSpontaneKeyEvent::setSpontaneous(&turn);
            QCoreApplication::sendEvent(stage, &turn);
        }
        QTest::mouseClick(stage, Qt::LeftButton, {}, emptySpot(*stage));
        QVERIFY(t.world() == before);
        t.key(Qt::Key_Return);
        QVERIFY(t.session().timeline().journal() == t.session().scenario().script);
        t.key(Qt::Key_Space);
        QVERIFY(t.session().playing());
        t.key(Qt::Key_Space);
        // With the charts: arrows still drive the run after a click on them, and the wheel still changes nothing.
        t.key(Qt::Key_C);
        QCoreApplication::processEvents();
        auto *time = t.find<QWidget>("time-panel");
        QTest::mouseClick(time, Qt::LeftButton, {}, QPoint(time->width() / 2, time->height() / 2));
        const Time there = t.session().now();
        QVERIFY(there > kTimeZero);
        t.key(Qt::Key_Right);
        QVERIFY(t.session().now() > there);
        t.key(Qt::Key_Space);
        QVERIFY(t.session().playing());
    }

    void aHallIsToldWhatCouldNotBeDone()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_F5);
        const auto *line = t.find<app::TabularLabel>("presenter-counters");
        t.key(Qt::Key_Left);
        QVERIFY(!t.session().notice().isEmpty());
        QCOMPARE(line->text(), t.session().notice());
        t.key(Qt::Key_Right);
        QVERIFY(line->text().contains(QStringLiteral("offered")));
    }
};

REGISTER_TEST(WindowStageHandsTest)
#include "window_stage_hands_test.moc"
