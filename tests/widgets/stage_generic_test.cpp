// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_layout_check.h"
#include "tests/widgets/stage_samples.h"
#include "tests/widgets/toy_scene.h"
#include "widgets/stage/stage.h"

#include <QSignalSpy>
#include <QtTest>

using namespace widgets;
using resilience::sim::ClearFault;
using resilience::sim::FaultKind;
using resilience::sim::Intervention;
using resilience::sim::TurnKnob;

Q_DECLARE_METATYPE(resilience::sim::Intervention)

// What every stage does, whatever its scene draws.
class StageGenericTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        loadResources();
        qRegisterMetaType<StageTarget>("widgets::StageTarget");
        qRegisterMetaType<Intervention>("resilience::sim::Intervention");
    }

    void keysWalkThroughTheHits()
    {
        ShownStage s;
        s.stage.setFocus(Qt::TabFocusReason);
        QCOMPARE(s.stage.focusTarget(), toy::kFirst);
        QTest::keyClick(&s.stage, Qt::Key_Tab);
        QCOMPARE(s.stage.focusTarget(), toy::kSecond);
        QCOMPARE(s.stage.accessibleDescription(), QStringLiteral("target 1"));
        QTest::keyClick(&s.stage, Qt::Key_Tab);
        QTest::keyClick(&s.stage, Qt::Key_Down); // what Tab passes over
        QCOMPARE(s.stage.focusTarget(), toy::kOutcome);
        QTest::keyClick(&s.stage, Qt::Key_Up);
        QCOMPARE(s.stage.focusTarget(), toy::kService);
        QTest::keyClick(&s.stage, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(s.stage.focusTarget(), toy::kSecond);
    }

    void aClickAsksAndMayChangeTheRun()
    {
        ShownStage s;
        s.click(toy::kFirst);
        QCOMPARE(s.asked.size(), 1);
        QCOMPARE(s.asked[0][0].value<StageTarget>(), toy::kFirst);
        QCOMPARE(s.changes.size(), 0);
        s.click(toy::kSecond);
        QCOMPARE(s.asked.size(), 2);
        QCOMPARE(s.change(0), Intervention(ClearFault{0, FaultKind::Outage}));
        QCOMPARE(s.faults.size(), 0);
        s.click(toy::kService);
        QCOMPARE(s.faults.size(), 1);
        QCOMPARE(s.changes.size(), 1);
    }

    void enterIsAClick()
    {
        ShownStage s;
        s.stage.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&s.stage, Qt::Key_Tab);
        QTest::keyClick(&s.stage, Qt::Key_Return);
        QCOMPARE(s.change(0), Intervention(ClearFault{0, FaultKind::Outage}));
    }

    void aDragChangesTheRunAndIsNoClick()
    {
        ShownStage s;
        const QPoint from = s.centreOf(toy::kFirst);
        const QPoint to = s.centreOf(toy::kSecond);
        s.drag(from, to);
        QVERIFY(s.stage.dragging());
        QTest::mouseRelease(&s.stage, Qt::LeftButton, {}, to);
        QVERIFY(!s.stage.dragging());
        QCOMPARE(s.changes.size(), 1);
        QCOMPARE(s.change(0), Intervention(TurnKnob{toy::kOrderKnob, 1}));
        QCOMPARE(s.asked.size(), 0);
    }

    void whatIsDraggedIsSeen()
    {
        ShownStage s;
        const QImage before = s.stage.grab().toImage();
        s.drag(s.centreOf(toy::kFirst), s.centreOf(toy::kFirst) + QPoint(150, 40));
        QVERIFY(s.stage.grab().toImage() != before);
        QTest::mouseRelease(&s.stage, Qt::LeftButton, {}, s.centreOf(toy::kFirst) + QPoint(150, 0));
        QCOMPARE(s.changes.size(), 0); // not moved by a row
    }

    void escapeLetsGo()
    {
        ShownStage s;
        const QPoint to = s.centreOf(toy::kSecond);
        s.drag(s.centreOf(toy::kFirst), to);
        QTest::keyClick(&s.stage, Qt::Key_Escape);
        QVERIFY(!s.stage.dragging());
        QTest::mouseRelease(&s.stage, Qt::LeftButton, {}, to);
        QCOMPARE(s.changes.size(), 0);
        QCOMPARE(s.asked.size(), 0);
    }

    void aDragEndsWithWhatIsDragged()
    {
        ShownStage s;
        s.drag(s.centreOf(toy::kFirst), s.centreOf(toy::kSecond));
        auto without = samples::open();
        without.services.clear();
        s.stage.setFrame(without);
        QVERIFY(!s.stage.dragging());
        QVERIFY(!s.stage.picture());
    }

    void whatCannotBeDraggedIsClicked()
    {
        ShownStage s;
        const QPoint at = s.centreOf(toy::kService);
        s.drag(at, at + QPoint(30, 10));
        QVERIFY(!s.stage.dragging());
        QTest::mouseRelease(&s.stage, Qt::LeftButton, {}, at + QPoint(30, 10));
        QCOMPARE(s.faults.size(), 1);
    }

    void altWithArrowsMoves_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("steps");
        QTest::newRow("up") << int(Qt::Key_Up) << -1;
        QTest::newRow("left") << int(Qt::Key_Left) << -1;
        QTest::newRow("down") << int(Qt::Key_Down) << 1;
        QTest::newRow("right") << int(Qt::Key_Right) << 1;
    }
    void altWithArrowsMoves()
    {
        QFETCH(int, key);
        QFETCH(int, steps);
        ShownStage s;
        s.stage.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&s.stage, Qt::Key(key), Qt::AltModifier);
        QCOMPARE(s.change(0), Intervention(TurnKnob{toy::kOrderKnob, double(steps)}));
        QCOMPARE(s.stage.focusTarget(), toy::kFirst);
        QTest::keyClick(&s.stage, Qt::Key_Tab);
        QTest::keyClick(&s.stage, Qt::Key_Tab);
        QTest::keyClick(&s.stage, Qt::Key(key), Qt::AltModifier); // a service stays where it is
        QCOMPARE(s.changes.size(), 1);
        QCOMPARE(s.stage.focusTarget(), toy::kService);
    }

    void anyChangeOfTheKeyIsAnimated()
    {
        double now = 1;
        Stage stage(std::make_unique<toy::Scene>(), nullptr, [&now] { return now; });
        stage.resize(712, 488);
        stage.setFrame(samples::open());
        auto more = samples::open();
        more.clients.push_back(more.clients.front());
        stage.setFrame(more);
        QCOMPARE(stage.phase().from, uint64_t(1));
        now = 1.2;
        QVERIFY(std::abs(stage.phase().transition - 0.5) < 1e-9);
        now = 1.5;
        QCOMPARE(stage.phase().transition, 1.0);
        QCOMPARE(stage.phase().from, uint64_t(2));
    }

    void eventsAreFoundByNumber()
    {
        const StageHits hits{{.target = toy::kFirst},
                             {.target = toy::kSecond, .event = 7},
                             {.target = toy::kOutcome},
                             {.target = targets::RecentOutcome{9}},
                             {.target = targets::Request{11}}};
        QCOMPARE(findEvent(hits, 7)->target, toy::kSecond);
        QCOMPARE(findEvent(hits, toy::kEvent)->target, toy::kOutcome);
        QVERIFY(findEvent(hits, 9)->target.is<targets::RecentOutcome>());
        QVERIFY(!findEvent(hits, 11));
        QVERIFY(!findEvent(hits, 0));
    }

    void thePiecesFitTogether_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<bool>("paused");
        for (double scale : {1.0, 1.6, 2.0})
            for (bool paused : {false, true})
                QTest::addRow("%g%s", scale, paused ? ", paused" : "") << scale << paused;
    }
    void thePiecesFitTogether()
    {
        QFETCH(double, scale);
        QFETCH(bool, paused);
        const auto snapshot = paused ? samples::paused(samples::open()) : samples::open();
        const auto picture = toy::Scene().layout(snapshot, kUsualStage * scale, Theme::light(scale));
        const QStringList faults = checks::faultsOf(*picture);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

private:
    struct ShownStage {
        Stage stage{std::make_unique<toy::Scene>()};
        QSignalSpy asked{&stage, &Stage::targetClicked};
        QSignalSpy faults{&stage, &Stage::faultToggleRequested};
        QSignalSpy changes{&stage, &Stage::interventionRequested};

        ShownStage()
        {
            stage.resize(712, 488);
            stage.setFrame(samples::open());
            stage.show();
            stage.activateWindow();
            if (!QTest::qWaitForWindowActive(&stage))
                qFatal("the stage is not shown");
        }
        QPoint centreOf(const StageTarget &target) const
        {
            return findHit(stage.picture()->hits(), target)->area.center().toPoint();
        }
        void click(const StageTarget &target) { QTest::mouseClick(&stage, Qt::LeftButton, {}, centreOf(target)); }
        // Without letting go.
        void drag(QPoint from, QPoint to)
        {
            QTest::mousePress(&stage, Qt::LeftButton, {}, from);
            QMouseEvent move(QEvent::MouseMove, to, stage.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(&stage, &move);
        }
        Intervention change(int n) const { return changes.value(n).value(0).value<Intervention>(); }
    };
};

REGISTER_TEST(StageGenericTest)
#include "stage_generic_test.moc"
