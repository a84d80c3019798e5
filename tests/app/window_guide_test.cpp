// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/goal_row.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"
#include "widgets/stage/stage.h"

#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// The guide, its goals and its questions, and "Why?".
class WindowGuideTest : public QObject {
    Q_OBJECT

private:
    static bool met(WindowUnderTest &t, const char *goal)
    {
        return t.find<app::GoalRow>((std::string("goal-") + goal).c_str())->isMet();
    }

private slots:
    void goalsTickThemselvesOff()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        for (const char *goal : {"opens", "fails-fast", "reopens", "recovers"})
            QVERIFY2(!met(t, goal), goal);
        t.key(Qt::Key_Space);
        t.play(2000);
        t.click("fault-outage");
        QVERIFY(t.playUntil([&] { return met(t, "opens"); }, 20));
        QVERIFY(t.playUntil([&] { return met(t, "fails-fast"); }, 10));
        QVERIFY(t.playUntil([&] { return met(t, "reopens"); }, 30));
        QVERIFY(!met(t, "recovers"));
        t.click("fault-outage");
        QVERIFY(t.playUntil([&] { return met(t, "recovers"); }, 40));
        // Once met, met: also before it happened.
        t.click("to-start");
        QVERIFY(met(t, "opens"));
    }

    void aPageNeverTurnsByItselfButNextLightsUp()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("fault-outage");
        t.key(Qt::Key_Space);
        const QString title = t.text("beat-title");
        const auto role = [&] { return t.find<QPushButton>("beat-next")->property("role").toString(); };
        QCOMPARE(role(), QStringLiteral("choice"));
        QVERIFY(t.playUntil([&] { return met(t, "opens"); }, 20));
        t.play(60000);
        QCOMPARE(t.text("beat-title"), title);
        QCOMPARE(role(), QStringLiteral("go"));
    }

    void onlyThePagesOwnGoalsAreShown()
    {
        WindowUnderTest t;
        const labs::Lab &lab = t.session().lab();
        for (size_t page = 0;; ++page) {
            const auto &own = lab.guide.beats[page].goals;
            for (const labs::Goal &goal : lab.goals)
                QCOMPARE(t.find<app::GoalRow>(("goal-" + goal.id).c_str())->isVisibleTo(&t.window()),
                         std::find(own.begin(), own.end(), goal.id) != own.end());
            if (!t.session().guide().hasNext(lab))
                break;
            t.click("beat-next");
        }
    }

    void anAnswerToWhatOneAsksOneselfIsUnfolded()
    {
        WindowUnderTest t;
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            for (size_t page = 0; page < lab.guide.beats.size(); ++page) {
                QVERIFY2(!lab.guide.beats[page].answer.empty(), lab.guide.beats[page].title.c_str());
                QVERIFY(!t.find<QLabel>("riddle-answer")->isVisibleTo(&t.window()));
                t.click("riddle-fold");
                QVERIFY(t.find<QLabel>("riddle-answer")->isVisibleTo(&t.window()));
                QCOMPARE(t.text("riddle-answer"), QString::fromStdString(lab.guide.beats[page].answer));
                if (page + 1 < lab.guide.beats.size())
                    t.click("beat-next");
            }
        }
    }

    void aScenarioOpensAtItsPage()
    {
        WindowUnderTest t;
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            QCOMPARE(t.session().scenario().name,
                     lab.guide.beats.front().scenario); // a step opens where its guide does
            for (size_t i = lab.scenarios.size(); i-- > 0;) {
                const std::string &name = lab.scenarios[i]->name;
                emit t.find<QComboBox>("scenarios")->activated(int(i));
                QCOMPARE(t.text("scenario-description"), QString::fromStdString(lab.scenarios[i]->description));
                const auto page = labs::beatOf(lab.guide, name);
                QVERIFY2(page, name.c_str());
                if (lab.guide.beats[*page].scenario == name) {
                    QVERIFY(t.session().onGuide());
                    QCOMPARE(labs::scenarioOf(lab.guide, t.session().guide().beat()), name);
                } else {
                    QVERIFY(!t.session().onGuide());
                    QCOMPARE(t.session().guide().beat(), *page); // the page that refers to it
                    QCOMPARE(t.text("beat-title"), QString::fromStdString(lab.scenarios[i]->title));
                    const size_t beat = t.session().guide().beat();
                    t.click("beat-return");
                    QVERIFY(t.session().onGuide());
                    QCOMPARE(t.session().guide().beat(), beat);
                    QCOMPARE(t.text("beat-title"), QString::fromStdString(lab.guide.beats[beat].title));
                }
            }
        }
    }

    void pagesTurnByHandAndOpenTheirScenario()
    {
        WindowUnderTest t;
        const labs::Guide &guide = t.session().lab().guide;
        QVERIFY(!t.find<QPushButton>("beat-back")->isEnabled());
        for (size_t i = 1; i < guide.beats.size(); ++i) {
            t.click("beat-next");
            QCOMPARE(t.text("beat-title"), QString::fromStdString(guide.beats[i].title));
            if (!guide.beats[i].scenario.empty())
                QCOMPARE(t.session().scenario().name, guide.beats[i].scenario);
        }
        QCOMPARE(t.find<QPushButton>("beat-next")->text(), QStringLiteral("Next step"));
        t.click("beat-back");
        QCOMPARE(t.text("beat-title"), QString::fromStdString(guide.beats[guide.beats.size() - 2].title));
    }

    void everyScenarioOpensFromTheChooser()
    {
        WindowUnderTest t;
        auto *box = t.find<QComboBox>("scenarios");
        const auto &all = t.session().lab().scenarios;
        QCOMPARE(size_t(box->count()), all.size());
        for (int i = box->count() - 1; i >= 0; --i) {
            emit box->activated(i);
            QCOMPARE(t.session().scenario().name, all[size_t(i)]->name);
            QCOMPARE(t.session().now(), kTimeZero);
            QCOMPARE(box->currentIndex(), i);
        }
    }

    void clickingThePileExplainsAndLightsUp()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("fault-outage");
        t.window().action("until-3")->trigger();
        t.key(Qt::Key_Space);
        auto *stage = t.find<widgets::Stage>("stage");
        const widgets::StageTarget pile = widgets::targets::RejectionPile{sim::RequestOutcome::ShortCircuited};
        const auto *hit = widgets::findHit(stage->picture()->hits(), pile);
        QVERIFY(hit);
        QTest::mouseClick(stage, Qt::LeftButton, {}, hit->area.center().toPoint());
        QVERIFY(t.session().inspected() != 0);
        QVERIFY(!t.session().playing()); // opening the inspector pauses
        QVERIFY2(t.text("why-text").contains("the threshold is 3"), qPrintable(t.text("why-text")));
        t.session().inspect(0);
        QVERIFY(!t.text("why-text").contains("threshold"));
    }

    void theLogIsTheLabsOutputAndAnswersWhy()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.key(Qt::Key_L, Qt::ControlModifier);
        t.click("fault-outage");
        t.window().action("until-3")->trigger();
        auto *log = t.window().findChild<QWidget *>("log");
        QVERIFY(log->isVisible());
        const QString text = log->property("plainText").toString();
        QVERIFY2(text.contains("Failure 3: Connection refused"), qPrintable(text));
        QVERIFY(text.contains(QString::fromUtf8("TRANSITION: closed → open")));
        QTest::keyClick(log, Qt::Key_Return);
        QVERIFY(t.session().inspected() != 0);
        t.click("to-start");
        QVERIFY(log->property("plainText").toString().isEmpty());
    }
};

REGISTER_TEST(WindowGuideTest)
#include "window_guide_test.moc"
