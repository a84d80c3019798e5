// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"
#include "app/panels/many/many_panel.h"
#include "app/panels/many/many_view.h"
#include "app/panels/many/many_words.h"
#include "app/run/run_file.h"
#include "core/sim/sweep/statistics.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/app/window_under_test.h"
#include "tests/files.h"
#include "tests/register_test.h"
#include "widgets/time/time_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using tests::WindowUnderTest;

// Many runs in the window.
class WindowManyTest : public QObject {
    Q_OBJECT

    static void openStorm(WindowUnderTest &t)
    {
        t.session().openLab(*labs::labWithId("retry"));
        t.session().openScenario(labs::labWithId("retry")->scenario("storm"));
    }
    static void choose(WindowUnderTest &t, const char *box, const QString &data)
    {
        auto *combo = t.find<QComboBox>(box);
        const int index = combo->findData(data);
        QVERIFY2(index >= 0, box);
        combo->setCurrentIndex(index);
        emit combo->activated(index);
    }
    static void few(WindowUnderTest &t) // seeds
    {
        t.find<QComboBox>("many-seeds")->setCurrentIndex(0);
    }
    static void compute(WindowUnderTest &t)
    {
        t.window().many().cancel();
        QTRY_VERIFY(!t.window().many().running());
        t.click("many-compute");
        QTRY_VERIFY_WITH_TIMEOUT(!t.window().many().running(), 120'000);
        QTest::qWait(200); // one more look
    }

private slots:
    void aSentenceABandAndDots()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        compute(t);
        const app::ManyBook &book = t.window().many();
        QCOMPARE(book.plain()->all(), uint64_t{50});
        QVERIFY(book.fits());
        auto *view = t.find<app::ManyView>("many-view");
        QVERIFY(view->isVisible());
        // Seed 3 is one of them.
        const auto values = book.plain()->valuesOf(0, book.metric());
        QCOMPARE(values.size(), size_t{50});
        const double luck = shareBelow(values[2], values, true);
        QCOMPARE(view->picture().title,
                 QString("This run is luckier than %1 % of 50 runs").arg(std::lround(luck * 100)));
        QCOMPARE(view->picture().dots.values.size(), size_t{50});
        QVERIFY(t.window().many().band());
        const auto *time = t.find<widgets::TimePanel>("time-panel");
        const widgets::ChartData &chart = time->picture().charts.front();
        QVERIFY(!chart.band.empty());
        QVERIFY(std::any_of(chart.curves.begin(), chart.curves.end(), [](const auto &one) { return one.look.many; }));
        for (const widgets::BandStep &step : chart.band)
            QVERIFY(step.low <= step.high && step.high <= chart.top);
    }

    // The present run's own curve is one of those that the band is made of.
    void theBandIsThatOfTheRuns()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        compute(t);
        const ChartSpec &chart = *chartNamed("outcomes");
        const auto &cells = t.window().many().band()->cells(*leadingCurve(chart), std::chrono::seconds{1});
        QCOMPARE(cells.size(), size_t{60});
        std::vector<std::vector<double>> counts(60);
        for (uint64_t run = 0; run < 50; ++run) {
            Timeline timeline = t.window().many().plain()->timeline(run);
            timeline.runTo(at(std::chrono::seconds{60}));
            const auto read = cellsOf(timeline.history().outcomes(), kTimeZero, at(std::chrono::seconds{60}),
                                      std::chrono::seconds{1}, false);
            for (size_t i = 0; i < 60; ++i)
                counts[i].push_back(i < read.size() ? *leadingCurve(chart)->read(read[i]) : 0);
        }
        for (size_t i = 0; i < 60; ++i) {
            std::sort(counts[i].begin(), counts[i].end());
            QCOMPARE(cells[i].low, quantile(counts[i], 0.05));
            QCOMPARE(cells[i].median, quantile(counts[i], 0.5));
            QCOMPARE(cells[i].high, quantile(counts[i], 0.95));
        }
    }

    void aClickOnADotOpensThatRun()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        compute(t);
        auto *view = t.find<app::ManyView>("many-view");
        const QPointF dot = *view->layoutNow().dots.dots[16];
        QTest::mouseClick(view, Qt::LeftButton, {}, dot.toPoint());
        QCOMPARE(t.session().timeline().seed(), uint64_t{17});
        QVERIFY(t.window().many().fits());
        QVERIFY(t.window().many().band());
        t.session().runUntil(app::RunUntil::End);
        QVERIFY(t.playUntil([&] { return !t.session().waiting(); }, 600));
        const Totals &totals = t.world().totals();
        QCOMPARE(*t.window().many().own(), double(totals.of(RequestOutcome::Succeeded)) / double(totals.offered));
        t.session().undo();
        QCOMPARE(t.session().timeline().seed(), uint64_t{3});
    }

    void twoKnobsMakeAMapAndACellOpensItsRun()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        choose(t, "many-across", "arrival_rate");
        choose(t, "many-up", "max_attempts");
        t.find<QLineEdit>("many-values-across")->setText("0.5,1,2");
        t.find<QLineEdit>("many-values-up")->setText("1..5:2");
        compute(t);
        auto *view = t.find<app::ManyView>("many-view");
        const widgets::HeatMap &map = view->picture().map;
        QCOMPARE(map.columns, QStringList({"0.5", "1", "2"}));
        QCOMPARE(map.rows, QStringList({"1", "5"}));
        QCOMPARE(map.cells(), size_t{6});
        QVERIFY(map.contour);
        QCOMPARE(map.asItComes, std::optional<size_t>(5)); // 2 a second, 5 attempts
        QCOMPARE(map.chosen, map.asItComes);
        QVERIFY(*map.values[0] > 0.9 && *map.values[5] < 0.3);
        const auto run = app::runBehind(t.window().many(), 0);
        QTest::mouseClick(view, Qt::LeftButton, {}, view->layoutNow().map.cellAt(map, 0).center().toPoint());
        const ManyBookState opened = stateOf(t);
        QCOMPARE(opened.seed, t.window().many().grid()->sweep().seedOf(*run));
        QCOMPARE(opened.rate, 0.5);
        QCOMPARE(opened.attempts, 1.0);
        QTRY_VERIFY_WITH_TIMEOUT(t.window().many().fits() && t.window().many().band(), 60'000);
        QCOMPARE(view->picture().map.chosen, std::optional<size_t>(0));
    }

    void aChangedRunIsNoMoreOneOfThem()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        compute(t);
        t.session().intervene(TurnKnob{*knobNamed("max_attempts"), 2, {}});
        QVERIFY(!t.window().many().fits());
        QVERIFY(!t.window().many().band());
        QVERIFY(t.find<app::ManyView>("many-view")->picture().title.startsWith("The run has been changed since"));
        t.session().undo();
        QVERIFY(t.window().many().fits());
    }

    void wrongValuesAreRefusedInOneSentence()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        t.window().many().cancel();
        QTRY_VERIFY(!t.window().many().running());
        choose(t, "many-across", "max_attempts");
        t.find<QLineEdit>("many-values-across")->setText("1,99");
        t.click("many-compute");
        QCOMPARE(t.text("many-refusal"),
                 QString("Across max_attempts: found 99, expected a whole number from 1 to 20"));
        QVERIFY(!t.window().many().running());
        t.click("many-close");
        QVERIFY(t.window().many().isEmpty());
        QVERIFY(!t.find<app::ManyView>("many-view")->isVisible());
    }

    void allOfItIsExported()
    {
        WindowUnderTest t;
        openStorm(t);
        t.click("many-runs");
        few(t);
        choose(t, "many-across", "max_attempts");
        t.find<QLineEdit>("many-values-across")->setText("1,5");
        compute(t);
        t.session().seek(at(std::chrono::seconds{20}));
        QTemporaryDir place;
        app::ExportOptions options;
        options.size = {640, 360};
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support propagateSizeHints()"); // it tells of them
        QVERIFY(t.window().files().exportTo(place.path(), options));
        for (const char *suffix : {"svg", "pdf", "png", "csv"})
            QVERIFY(QFileInfo(place.filePath(QString("retry-storm-many.%1").arg(suffix))).size() > 100);
        QCOMPARE(tests::contentsOf(place.filePath("retry-storm-many.csv")).count('\n'), 101);
        const auto reopened = app::readRun(place.filePath("retry-storm-many.png"));
        QVERIFY(reopened);
        QVERIFY(tests::contentsOf(place.filePath("retry-storm-outcomes.svg")).contains("median of "));
    }

private:
    struct ManyBookState {
        uint64_t seed;
        double rate;
        double attempts;
    };
    static ManyBookState stateOf(WindowUnderTest &t)
    {
        return {t.session().timeline().seed(), knobs()[*knobNamed("arrival_rate")].get(t.world()),
                knobs()[*knobNamed("max_attempts")].get(t.world())};
    }
};
REGISTER_TEST(WindowManyTest)

#include "window_many_test.moc"
