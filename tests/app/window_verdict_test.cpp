// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/asking.h"
#include "tests/register_test.h"
#include "widgets/time/time_panel.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include <cmath>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;
using namespace tests::asking;

// A verdict is about a run that has come to it: never about another one, nor about what lies ahead again.
class WindowVerdictTest : public QObject {
    Q_OBJECT

private:
    static bool verdictStands(WindowUnderTest &t) { return t.find<QFrame>("verdict")->isVisible(); }

    static void clickTime(WindowUnderTest &t, Time moment)
    {
        auto *panel = t.find<widgets::TimePanel>("time-panel");
        const int x = int(std::lround(panel->picture().axis.x(moment)));
        QTest::mouseClick(panel, Qt::LeftButton, {}, QPoint(x, panel->height() / 2));
    }

    // An outage by hand, and "when does it open?" answered.
    static bool answerAfterAnOutage(WindowUnderTest &t)
    {
        t.key(Qt::Key_Space);
        t.play(3000);
        t.click("fault-outage");
        if (!t.playUntil([&] { return stage(t) == Stage::Asked; }, 60))
            return false;
        t.play(1000);
        give(t, std::ceil(t.session().prediction().truth().value));
        return stage(t) == Stage::Locked;
    }

private slots:
    void goesWhereTheRunHasNotComeToIt_data()
    {
        QTest::addColumn<bool>("beforeTheQuestion");
        QTest::newRow("between question and answer") << false;
        QTest::newRow("before the question") << true;
    }
    void goesWhereTheRunHasNotComeToIt()
    {
        QFETCH(bool, beforeTheQuestion);
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        const Time asked = t.session().prediction().askedAt();
        const std::string id = t.session().prediction().question()->id;
        give(t, 18.5);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(verdictStands(t));
        clickTime(t, beforeTheQuestion ? asked - 2s : asked + 1s);
        QVERIFY(!verdictStands(t));
        QCOMPARE(stage(t), Stage::Locked);
        QVERIFY(t.session().answers().count(id)); // what was answered stays answered
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(verdictStands(t));
        // Seen for as long as it takes, it does not come again.
        t.session().setPlaying(false);
        t.play(5100);
        QVERIFY(!verdictStands(t));
        clickTime(t, asked + 1s);
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(!verdictStands(t));
    }

    void goesWhenWhatItIsAboutIsUndone()
    {
        WindowUnderTest t;
        QVERIFY(answerAfterAnOutage(t));
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(verdictStands(t));
        t.key(Qt::Key_Z, Qt::ControlModifier); // there never was an outage
        QVERIFY(!verdictStands(t));
        QCOMPARE(stage(t), Stage::None);
        t.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!verdictStands(t));
    }

    void aChangeAfterItLeavesItStanding()
    {
        WindowUnderTest t;
        QVERIFY(answerAfterAnOutage(t));
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        t.play(100);
        t.click("fault-outage");
        QCOMPARE(stage(t), Stage::Shown);
        QVERIFY(verdictStands(t));
    }

    void noVerdictGoesWithTheChangeThatIsTakenBack()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        give(t, 18.5);
        t.play(500);
        t.click("fault-outage");
        QCOMPARE(stage(t), Stage::Void);
        QVERIFY(verdictStands(t));
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!verdictStands(t));
        QCOMPARE(stage(t), Stage::Locked);
        t.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage(t), Stage::Void);
        t.key(Qt::Key_Z, Qt::ControlModifier);
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Shown; }, 60));
        QVERIFY(verdictStands(t));
        QVERIFY(t.session().prediction().wasRight());
    }

    void noVerdictGoesBeforeItsQuestion()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        const auto *question = t.session().prediction().question();
        const Time asked = t.session().prediction().askedAt();
        give(t, 18.5);
        t.play(500);
        t.click("fault-outage");
        QVERIFY(verdictStands(t));
        clickTime(t, asked - 2s);
        QVERIFY(!verdictStands(t));
        QCOMPARE(stage(t), Stage::None);
        // The run is new from here on, so its moment may come again, and is asked for again.
        t.click("fault-outage");
        t.key(Qt::Key_Z, Qt::ControlModifier);
        clickTime(t, asked - 2s);
        t.key(Qt::Key_R, Qt::ControlModifier);
        t.key(Qt::Key_Space);
        QVERIFY(t.playUntil([&] { return stage(t) == Stage::Asked; }, 60));
        QCOMPARE(t.session().prediction().question(), question);
    }

    void anAnswerIsOffWhenTheRunIsChangedBeforeItsQuestion()
    {
        WindowUnderTest t;
        QVERIFY(askForTime(t));
        const Time asked = t.session().prediction().askedAt();
        give(t, 18.5);
        t.session().setPlaying(false);
        clickTime(t, asked - 2s);
        QCOMPARE(stage(t), Stage::Locked);
        t.click("fault-outage");
        QCOMPARE(stage(t), Stage::None);
        QVERIFY(!verdictStands(t));
        QVERIFY(t.session().notice().contains(QStringLiteral("withdrawn")));
    }
};

REGISTER_TEST(WindowVerdictTest)
#include "window_verdict_test.moc"
