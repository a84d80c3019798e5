// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/chart_frame.h"
#include "widgets/time/time_panel.h"

#include <QMenu>
#include <QToolButton>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using widgets::Theme;
using widgets::TimePanel;

namespace {

// Counts the paint events of a widget.
class PaintCounter : public QObject {
public:
    explicit PaintCounter(QWidget &widget) { widget.installEventFilter(this); }
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

void show(TimePanel &panel, const sim::Timeline &run)
{
    panel.setFrame(sim::snapshotOf(run), run.history(), run.frontier());
}

} // namespace

class TimePanelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        loadResources();
        qRegisterMetaType<resilience::Time>();
    }

    void paintsOnlyWhatChanged()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(12s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCoreApplication::processEvents();
        PaintCounter paints(panel);
        show(panel, run);
        QCoreApplication::processEvents();
        QCOMPARE(paints.count, 0);
        run.runTo(at(12s + 1ms)); // less than a pixel
        show(panel, run);
        QCoreApplication::processEvents();
        QCOMPARE(paints.count, 0);
        run.runTo(at(13s));
        show(panel, run);
        QCoreApplication::processEvents();
        QCOMPARE(paints.count, 1);
    }

    // While it plays only the end is painted; that must leave the same pixels as painting everything.
    void whatWasPaintedInPiecesIsTheWhole_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("seconds");
        QTest::newRow("few calls") << 2.0 << 40;
        QTest::newRow("many calls") << 200.0 << 600;
    }
    void whatWasPaintedInPiecesIsTheWhole()
    {
        QFETCH(double, rate);
        QFETCH(int, seconds);
        auto run = samples::stormyRun(rate, seconds * 1s);
        TimePanel playing;
        playing.resize(1248, 300);
        for (int i = 0; i < 160; ++i) {
            run.runTo(at(Duration{1s} * seconds * i / 160));
            show(playing, run);
            const QImage pieces = playing.grab().toImage();
            if (i % 8 != 0)
                continue;
            TimePanel fresh;
            fresh.resize(1248, 300);
            show(fresh, run);
            const QImage whole = fresh.grab().toImage();
            QCOMPARE(pieces.size(), whole.size());
            int worst = 0;
            for (int y = 0; y < whole.height(); ++y)
                for (int x = 0; x < whole.width(); ++x)
                    worst = std::max(worst, std::abs(qGray(pieces.pixel(x, y)) - qGray(whole.pixel(x, y))));
            if (worst > 24) { // rounding aside
                pieces.save(QStringLiteral("pieces.png"));
                whole.save(QStringLiteral("whole.png"));
            }
            QVERIFY2(worst <= 24, qPrintable(QStringLiteral("%1 at step %2").arg(worst).arg(i)));
        }
    }

    void aPressAndADragScrub()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(12s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        const auto &axis = panel.picture().axis;
        QSignalSpy spy(&panel, &TimePanel::scrubbed);
        const auto point = [&](double x) { return QPoint(int(std::round(x)), 100); };
        const auto last = [&] { return spy.last().at(0).value<Time>(); };
        QTest::mousePress(&panel, Qt::LeftButton, {}, point(axis.x(at(10s))));
        QCOMPARE(spy.count(), 1);
        QVERIFY(std::abs(toSeconds(last()) - 10) < 0.05);
        QTest::mouseMove(&panel, point(axis.x(at(20s))));
        QVERIFY(std::abs(toSeconds(last()) - 20) < 0.05);
        QTest::mouseMove(&panel, point(5000));
        QCOMPARE(last(), at(40s));
        QTest::mouseRelease(&panel, Qt::LeftButton, {}, point(5000));
        const auto before = spy.count();
        QTest::mouseMove(&panel, point(axis.x(at(20s)))); // hovering is not scrubbing
        QTest::mousePress(&panel, Qt::LeftButton, {}, QPoint(20, 100)); // nor is the gutter
        QTest::mousePress(&panel, Qt::RightButton, {}, point(axis.x(at(20s))));
        QCOMPARE(spy.count(), before);
    }

    void homeAndEnd()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(12s));
        run.runTo(at(5s));
        TimePanel panel;
        show(panel, run);
        QSignalSpy spy(&panel, &TimePanel::scrubbed);
        QTest::keyClick(&panel, Qt::Key_End);
        QTest::keyClick(&panel, Qt::Key_Home);
        QTest::keyClick(&panel, Qt::Key_Left);
        QCOMPARE(spy.count(), 2);
        QCOMPARE(spy.at(0).at(0).value<Time>(), at(12s));
        QCOMPARE(spy.at(1).at(0).value<Time>(), at(0s));
    }

    void ctrlAndTheWheelZoomAroundThePointer()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(40s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        const auto wheel = [&](double x, int notches, Qt::KeyboardModifiers keys) {
            QWheelEvent event({x, 150}, panel.mapToGlobal(QPointF(x, 150)), {}, {0, notches * 120}, Qt::NoButton, keys,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&panel, &event);
            return event.isAccepted();
        };
        const double x = panel.picture().axis.x(at(10s));
        QVERIFY(!wheel(x, 2, Qt::NoModifier)); // the wheel alone changes nothing
        QVERIFY(!panel.isZoomed());
        QVERIFY(wheel(x, 4, Qt::ControlModifier));
        const widgets::TimeAxis near = panel.picture().axis;
        QVERIFY(panel.isZoomed() && near.span() < 20s);
        QVERIFY2(std::abs(near.x(at(10s)) - x) < 1, "what is under the pointer stays there");
        QVERIFY(panel.picture().charts.at(0).barSeconds <= 1);
        panel.pan(200);
        QVERIFY(panel.picture().axis.from() < near.from());
        QCOMPARE(panel.picture().axis.span(), near.span());
        QVERIFY(wheel(x, -20, Qt::ControlModifier));
        QVERIFY(!panel.isZoomed());
        QCOMPARE(panel.picture().axis.to(), at(40s));
    }

    void keysAndAButtonMoveTheView()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(40s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        auto *fit = panel.findChild<QToolButton *>(QStringLiteral("timeFit"));
        QVERIFY(fit && fit->isHidden());
        QTest::keyClick(&panel, Qt::Key_Up);
        QTest::keyClick(&panel, Qt::Key_Up);
        QVERIFY(panel.isZoomed() && !fit->isHidden());
        const Time from = panel.picture().axis.from();
        QTest::keyClick(&panel, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(panel.picture().axis.from() > from);
        fit->click();
        QVERIFY(!panel.isZoomed());
        QTest::keyClick(&panel, Qt::Key_Up);
        QTest::keyClick(&panel, Qt::Key_0);
        QVERIFY(!panel.isZoomed() && fit->isHidden());
    }

    void thePresentStaysInSightWhileItPlays()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(4s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        panel.zoom(8, panel.picture().axis.x(at(4s)));
        for (int i = 4; i < 40; ++i) {
            run.runTo(at(i * 1s));
            show(panel, run);
            QVERIFY(panel.picture().nowInSight);
            QVERIFY(panel.picture().axis.from() <= run.now() && panel.picture().axis.to() >= run.now());
        }
    }

    void aChartIsCopiedInTwoActions()
    {
        qRegisterMetaType<const sim::ChartSpec *>();
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(12s));
        TimePanel panel;
        panel.resize(1248, 460);
        show(panel, run);
        QSignalSpy picture(&panel, &TimePanel::pictureWanted);
        QSignalSpy data(&panel, &TimePanel::dataWanted);
        QTest::keySequence(&panel, QKeySequence::Copy);
        QCOMPARE(picture.last().at(0).value<const sim::ChartSpec *>(), sim::chartNamed("outcomes"));
        const QPoint second = panel.picture().layout.charts.at(1).plot.center().toPoint();
        QContextMenuEvent event(QContextMenuEvent::Mouse, second, panel.mapToGlobal(second));
        QCoreApplication::sendEvent(&panel, &event);
        auto *menu = panel.findChild<QMenu *>(QStringLiteral("chartMenu"));
        QVERIFY(menu);
        menu->actions().at(0)->trigger();
        menu->actions().at(1)->trigger();
        menu->close();
        QCOMPARE(picture.last().at(0).value<const sim::ChartSpec *>(), sim::chartNamed("latency"));
        QCOMPARE(data.last().at(0).value<const sim::ChartSpec *>(), sim::chartNamed("latency"));
    }

    void aLowPanelOffersTheOtherCharts()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(12s));
        TimePanel panel;
        panel.resize(1000, panel.minimumSizeHint().height());
        show(panel, run);
        panel.show();
        auto *chooser = panel.findChild<QToolButton *>(QStringLiteral("chartChooser"));
        QVERIFY(chooser && !chooser->isHidden());
        const auto &picture = panel.picture();
        QVERIFY(chooser->geometry().right()
                <= widgets::legendLeft(picture.charts.at(0), picture.layout, Theme::light()));
        QCOMPARE(panel.picture().charts.at(0).spec, sim::chartNamed("outcomes"));
        chooser->menu()->actions().at(1)->trigger();
        QCOMPARE(panel.picture().charts.at(0).spec, sim::chartNamed("latency"));
        panel.resize(1000, panel.sizeHint().height());
        QVERIFY(chooser->isHidden());
        QCOMPARE(panel.picture().charts.size(), size_t(2));
    }

    void tellsItselfInWords()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(14s));
        TimePanel panel;
        panel.resize(1248, 300);
        show(panel, run);
        QVERIFY(panel.accessibleDescription().contains(QLatin1String("open, outage")));
    }

    void takesAnythingToPaint()
    {
        TimePanel panel;
        for (const QSize &size : {QSize(1, 1), QSize(50, 20), QSize(3000, 1000)}) {
            panel.resize(size);
            QVERIFY(!panel.grab().isNull()); // before there is a run
        }
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(40s));
        for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()}) {
            panel.setTheme(theme);
            for (const QSize &size : {QSize(1, 1), QSize(50, 20), QSize(1000, 300)}) {
                panel.resize(size);
                show(panel, run);
                QVERIFY(!panel.grab().isNull());
            }
        }
        panel.setCharts({});
        QVERIFY(!panel.grab().isNull());
    }
};

REGISTER_TEST(TimePanelTest)
#include "time_panel_test.moc"
