// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QSettings>
#include <QtTest>

using namespace resilience;
using tests::WindowUnderTest;

// The first start of all.
class WindowHintsTest : public QObject {
    Q_OBJECT

private:
    static QRect areaOf(WindowUnderTest &t, const char *name)
    {
        const auto *widget = t.find<QWidget>(name);
        return {widget->mapTo(&t.window(), QPoint(0, 0)), widget->size()};
    }

private slots:
    void theFirstStartHasFourHints()
    {
        auto t = WindowUnderTest::firstStart();
        t.session().setAsking(false);
        auto *hint = t.find<QWidget>("first-hint");
        QVERIFY(hint->isVisible());
        QVERIFY(t.window().rect().contains(hint->geometry()));
        QStringList said{t.text("first-hint-text")};
        t.key(Qt::Key_Space);
        said += t.text("first-hint-text");
        t.click("fault-outage");
        said += t.text("first-hint-text");
        t.window().action("until-0")->trigger();
        t.session().inspect(t.session().timeline().lastEvent());
        said += t.text("first-hint-text");
        QVERIFY(hint->isVisible());
        QCOMPARE(QSet<QString>(said.begin(), said.end()).size(), 4);
        t.click("event-back");
        QVERIFY(!hint->isVisible());
        QVERIFY(t.restart()->findChild<QWidget *>("first-hint")->isHidden());
        QVERIFY(QSettings().value("hints/seen").toBool());
    }

    // Two quick presses on Next are meant for it: the second one does nothing to what lies where the hint has been.
    void theSecondHalfOfADoubleClickHitsNothingElse()
    {
        WindowUnderTest t = WindowUnderTest::firstStart();
        t.click("first-hint-next");
        const resilience::Time before = t.session().now();
        auto *panel = t.find<QWidget>("time-panel");
        QMouseEvent second(QEvent::MouseButtonDblClick, panel->rect().center(),
                           panel->mapToGlobal(panel->rect().center()), Qt::LeftButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(panel, &second);
        QCOMPARE(t.session().now(), before);
    }

    void hintsCanBeSentAway()
    {
        auto t = WindowUnderTest::firstStart();
        t.click("first-hint-none");
        QVERIFY(!t.find<QWidget>("first-hint")->isVisible());
        QVERIFY(QSettings().value("hints/seen").toBool());
    }

    void theyCoverNothingThatIsNeeded_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("1024x640") << QSize(1024, 640) << 1.0;
        QTest::newRow("1280x800") << QSize(1280, 800) << 1.0;
        QTest::newRow("1920x1080") << QSize(1920, 1080) << 1.0;
        QTest::newRow("1280x800 at 1.5") << QSize(1280, 800) << 1.5;
        QTest::newRow("1920x1080 at 2") << QSize(1920, 1080) << 2.0;
    }
    void theyCoverNothingThatIsNeeded()
    {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        auto t = WindowUnderTest::firstStart();
        t.window().resize(size);
        t.window().appearance().setTextScale(scale);
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
        auto *hint = t.find<QWidget>("first-hint");
        for (const char *target : {"play", "fault-outage", "stage", "event-back"}) {
            QVERIFY2(hint->isVisible(), target);
            const QRect area = hint->geometry();
            QVERIFY2(t.window().rect().contains(area), target);
            // Where the type is large and the columns narrow, some of the picture may go.
            const char *picture = scale == 1.0 ? "stage" : target;
            for (const char *needed : {"play", "beat-next", picture, target})
                QVERIFY2(!area.intersects(areaOf(t, needed)),
                         qPrintable(QStringLiteral("%1 over %2").arg(target, needed)));
            // Beside what it speaks of, so that it can point at it.
            QVERIFY2(area.adjusted(-1, -1, 1, 1).intersects(areaOf(t, target)), target);
            t.click("first-hint-next");
            QCoreApplication::processEvents();
        }
        QVERIFY(!hint->isVisible());
    }
};

REGISTER_TEST(WindowHintsTest)
#include "window_hints_test.moc"
