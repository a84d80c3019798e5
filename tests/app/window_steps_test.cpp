// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_until.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QtTest>

#include <algorithm>

using namespace resilience;
using app::RunUntil;
using tests::WindowUnderTest;

// From step to step, by mouse and by keyboard.
class WindowStepsTest : public QObject {
    Q_OBJECT

private:
    static QAbstractButton *pill(WindowUnderTest &t, const labs::Lab &lab)
    {
        return t.find<QAbstractButton>(("step-" + lab.id).c_str());
    }

    static bool offers(const sim::Scenario &scenario, RunUntil wait)
    {
        const auto waits = app::waitsIn(scenario);
        return std::find(waits.begin(), waits.end(), wait) != waits.end();
    }

private slots:
    void everyStepOpensAndPlays_data()
    {
        QTest::addColumn<size_t>("step");
        QTest::addColumn<bool>("byKey");
        for (size_t i = 0; i < labs::catalog().size(); ++i)
            for (const bool byKey : {false, true})
                QTest::addRow("%s by %s", labs::catalog()[i].id.c_str(), byKey ? "key" : "mouse") << i << byKey;
    }

    void everyStepOpensAndPlays()
    {
        QFETCH(size_t, step);
        QFETCH(bool, byKey);
        const labs::Lab &lab = labs::catalog()[step];
        WindowUnderTest t(QSize(1024, 640));
        t.session().setAsking(false);
        if (byKey)
            t.key(Qt::Key(Qt::Key_1 + int(step)), Qt::ControlModifier);
        else
            QTest::mouseClick(pill(t, lab), Qt::LeftButton);
        QCOMPARE(&t.session().lab(), &lab);
        QVERIFY(pill(t, lab)->isChecked());
        const std::string &name = lab.shortTitle.empty() ? lab.title : lab.shortTitle;
        QVERIFY(pill(t, lab)->text().contains(QString::fromStdString(name), Qt::CaseInsensitive));
        for (const labs::Goal &goal : lab.goals)
            QVERIFY2(t.find<QWidget>(("goal-" + goal.id).c_str()), goal.id.c_str());
        t.click("all-parameters"); // every knob is read
        t.key(Qt::Key_L, Qt::ControlModifier);
        t.key(Qt::Key_Space);
        QVERIFY(t.session().playing());
        t.play(2000);
        QVERIFY(t.session().now() > kTimeZero);
        QCoreApplication::processEvents();
        t.session().inspect(std::max<uint64_t>(1, t.session().timeline().lastEvent()));
        QVERIFY(!t.text("why-text").isEmpty());
        QVERIFY(!t.find<QWidget>("counters")->accessibleName().isEmpty());
    }

    void everyFaultCanBePutByKey_data()
    {
        QTest::addColumn<size_t>("step");
        for (size_t i = 0; i < labs::catalog().size(); ++i)
            QTest::newRow(labs::catalog()[i].id.c_str()) << i;
    }

    void everyFaultCanBePutByKey()
    {
        QFETCH(size_t, step);
        WindowUnderTest t;
        t.session().openLab(labs::catalog()[step]);
        for (size_t i = 0; i < t.session().lab().faults.size(); ++i) {
            const size_t before = t.session().timeline().journal().entries().size();
            t.key(Qt::Key(Qt::Key_1 + int(i)), Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(t.session().timeline().journal().entries().size(), before + 1);
        }
    }

    void everyNameFitsAWideWindow()
    {
        WindowUnderTest t(QSize(1600, 900));
        for (const labs::Lab &lab : labs::catalog())
            QVERIFY2(pill(t, lab)->text().contains(QString::fromStdString(lab.title)), lab.id.c_str());
        for (const int width : {1200, 1280, 1366, 1440}) {
            t.window().resize(width, 800);
            QCoreApplication::processEvents();
            QCOMPARE(t.window().width(), width);
            for (const labs::Lab &lab : labs::catalog()) {
                const std::string &name = lab.shortTitle.empty() ? lab.title : lab.shortTitle;
                QVERIFY2(pill(t, lab)->text().contains(QString::fromStdString(name), Qt::CaseInsensitive),
                         qPrintable(pill(t, lab)->text()));
                QVERIFY2(pill(t, lab)->width() >= pill(t, lab)->minimumSizeHint().width(),
                         qPrintable(QStringLiteral("%1 at %2: %3 of %4")
                                        .arg(pill(t, lab)->text())
                                        .arg(width)
                                        .arg(pill(t, lab)->width())
                                        .arg(pill(t, lab)->minimumSizeHint().width())));
            }
        }
        t.window().resize(1024, 640);
        t.window().appearance().setTextScale(1.5);
        QCoreApplication::processEvents();
        QCOMPARE(t.window().width(), 1024);
        QCOMPARE(pill(t, labs::catalog()[1])->text(), QStringLiteral("2"));
        QVERIFY(
            pill(t, labs::catalog()[1])->accessibleName().contains(QString::fromStdString(labs::catalog()[1].title)));
    }

    void whatWasDoneInAStepIsStillThere()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        const size_t met = t.session().goals().met();
        QVERIFY(met > 0);
        t.session().nextBeat();
        const size_t beat = t.session().guide().beat();
        const std::string scenario = t.session().scenario().name;
        t.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(t.session().guide().beat(), size_t{0});
        t.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(t.session().goals().met() >= met);
        QCOMPARE(t.session().guide().beat(), beat);
        QCOMPARE(t.session().scenario().name, scenario);
    }

    void theLastPageLeadsToTheNextStep()
    {
        WindowUnderTest t;
        for (size_t i = 0; i < labs::catalog().size(); ++i) {
            QCOMPARE(t.session().lab().id, labs::catalog()[i].id);
            while (t.session().guide().hasNext(t.session().lab()))
                t.click("beat-next");
            const bool last = i + 1 == labs::catalog().size();
            QCOMPARE(t.find<QPushButton>("beat-next")->isEnabled(), !last);
            if (!last)
                t.click("beat-next");
        }
    }

    void theLastStepIsRemembered()
    {
        WindowUnderTest t;
        t.key(Qt::Key_6, Qt::ControlModifier);
        t.window().close();
        QCOMPARE(QSettings().value("window/step").toString().toStdString(), labs::catalog()[5].id);
    }

    void whatCanBeWaitedForIsWhatCanCome()
    {
        const auto opening = [](const char *id) -> const sim::Scenario & {
            return *labs::labWithId(id)->scenarios.front();
        };
        QVERIFY(offers(opening("circuit-breaker"), RunUntil::Open));
        QVERIFY(!offers(opening("circuit-breaker"), RunUntil::LockDecision));
        QVERIFY(offers(opening("retry"), RunUntil::Retry));
        QVERIFY(offers(opening("rate-limiter"), RunUntil::Throttled));
        QVERIFY(offers(opening("health-check"), RunUntil::HealthChange));
        QVERIFY(offers(opening("distributed-lock"), RunUntil::LockDecision));
        QVERIFY(!offers(opening("distributed-lock"), RunUntil::Open));
        QVERIFY(!offers(opening("distributed-lock"), RunUntil::Failure));
        for (const labs::Lab &lab : labs::catalog())
            for (const auto &scenario : lab.scenarios)
                QVERIFY(offers(*scenario, RunUntil::End));
    }

    void aRunWithoutClientsCountsGrants()
    {
        WindowUnderTest t;
        t.session().openLab(*labs::labWithId("distributed-lock"));
        QVERIFY(t.session().snapshot().clients.empty());
        t.session().runUntil(RunUntil::LockDecision);
        QVERIFY(t.find<QWidget>("counters")->accessibleName().contains("writes"));
        t.session().inspect(t.session().timeline().lastEvent());
        QVERIFY(!t.text("why-title").isEmpty());
    }
};

REGISTER_TEST(WindowStepsTest)
#include "window_steps_test.moc"
