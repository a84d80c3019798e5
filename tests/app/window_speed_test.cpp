// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/playback.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QComboBox>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// Whose speed it is: that of the scenario, until somebody sets another one.
class WindowSpeedTest : public QObject {
    Q_OBJECT

private:
    static void openEachScenario(WindowUnderTest &t, const std::function<double(const sim::Scenario &)> &expected)
    {
        const auto &all = t.session().lab().scenarios;
        for (size_t i = all.size(); i-- > 0;) {
            emit t.find<QComboBox>("scenarios")->activated(int(i));
            QCOMPARE(t.session().scenario().name, all[i]->name);
            QCOMPARE(t.session().speed(), expected(*all[i]));
        }
    }

    static double own(const sim::Scenario &scenario) { return scenario.speed; }

private slots:
    void eachScenarioHasItsOwn()
    {
        WindowUnderTest t;
        for (const labs::Lab &lab : labs::catalog()) {
            t.session().openLab(lab);
            openEachScenario(t, own);
        }
    }

    void whatIsSetStaysForTheStep_data()
    {
        QTest::addColumn<int>("by");
        QTest::newRow("slider") << 0;
        QTest::newRow("key") << 1;
        QTest::newRow("preset") << 2;
    }
    void whatIsSetStaysForTheStep()
    {
        QFETCH(int, by);
        WindowUnderTest t;
        t.session().setAsking(false);
        const double before = t.session().speed();
        if (by == 0) {
            auto *slider = t.find<QSlider>("speed");
            QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(4, slider->height() / 2));
        } else if (by == 1) {
            t.key(Qt::Key_Minus);
        } else {
            t.find<QToolButton>("speed-presets")->menu()->actions()[1]->trigger();
        }
        const double set = t.session().speed();
        QVERIFY(set != before);
        openEachScenario(t, [set](const sim::Scenario &) { return set; });
        for (const char *next : {"beat-next", "beat-next", "beat-back", "reset", "to-start", "new-seed"}) {
            t.click(next);
            QVERIFY2(t.session().speed() == set, next);
        }
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.session().speed(), set);
        // It plays that fast, too.
        t.key(Qt::Key_R, Qt::ControlModifier);
        t.key(Qt::Key_Space);
        t.play(5000);
        const Time then = t.session().now();
        t.play(1000);
        const double passed = toSeconds(t.session().now() - then);
        QVERIFY(std::abs(passed - set) < set / 50);
    }

    void aStepThatIsChosenBeginsAtItsOwn()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Minus);
        t.key(Qt::Key_Minus);
        const double set = t.session().speed();
        t.session().seek(at(2s));
        t.click("step-bulkhead");
        QCOMPARE(t.session().speed(), t.session().scenario().speed);
        openEachScenario(t, own);
        // Not meant, and taken back: as it was.
        while (t.session().lab().id == "bulkhead")
            t.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(t.session().speed(), set);
        t.click("step-bulkhead");
        t.click("step-circuit-breaker");
        QCOMPARE(t.session().speed(), t.session().scenario().speed);
    }

    void itCanBeGivenBack()
    {
        WindowUnderTest t;
        t.key(Qt::Key_Minus);
        const auto *presets = t.find<QToolButton>("speed-presets");
        QVERIFY(presets->toolTip().contains(QStringLiteral("stays for this step")));
        QVERIFY(t.find<QSlider>("speed")->toolTip().contains(QStringLiteral("stays for this step")));
        presets->menu()->actions()[3]->trigger();
        QCOMPARE(t.session().speed(), t.session().scenario().speed);
        openEachScenario(t, own);
    }

    // The wait for what a scenario is about stays short, whatever speed was set before it was opened.
    void aScenarioThatIsOpenedStillLeadsIn()
    {
        WindowUnderTest t;
        t.session().setAsking(false);
        t.session().setSpeed(0.1);
        const auto scenario = t.session().lab().scenario("outage-and-recovery");
        t.session().openScenario(scenario);
        const Time leadIn = app::Playback::leadInOf(*scenario);
        QVERIFY(leadIn > kTimeZero);
        t.key(Qt::Key_Space);
        t.play(1600);
        QVERIFY(t.session().now() >= leadIn);
        const Time then = t.session().now();
        t.play(1000);
        QCOMPARE(t.session().now() - then, Duration{100ms});
    }
};

REGISTER_TEST(WindowSpeedTest)
#include "window_speed_test.moc"
